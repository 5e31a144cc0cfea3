"use strict";
const words = document.body.dataset;
const people = document.getElementById("people");
const pane = document.getElementById("messages");
let all = [];
let chosen = decodeURIComponent(location.hash.slice(1));
let shown = "";

function make(tag, attributes = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...content);
  return element;
}

// Links of a plain text are opened as in a telephone.
function linked(text) {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((part, i) =>
    i % 2 ? make("a", { href: part, target: "_blank", rel: "noopener" }, part) : part);
}

const when = message => new Date(message.receivedAt).toLocaleTimeString(document.documentElement.lang);

function email(message) {
  const headers = make("dl");
  for (const [name, value] of Object.entries(message.headers)) {
    headers.append(make("dt", {}, name), make("dd", { dir: "auto" }, value));
  }
  const article = make("article", { class: "email" },
    make("header", {}, make("h3", { dir: "auto" }, message.subject),
      make("p", { class: "meta" }, make("bdi", {}, message.from), " · ", when(message))));
  if (message.html) {
    article.append(make("iframe", { src: "/mail/" + message.id, title: message.subject,
      sandbox: "allow-popups allow-popups-to-escape-sandbox", loading: "lazy" }));
    article.append(make("details", {}, make("summary", {}, words.plain),
      make("pre", { dir: "auto" }, ...linked(message.text))));
  } else {
    article.append(make("pre", { dir: "auto" }, ...linked(message.text)));
  }
  article.append(make("details", {}, make("summary", {}, words.headers), headers));
  return article;
}

function phone(number, messages) {
  const box = make("div", { class: "phone" });
  for (const message of messages.toReversed()) {
    box.append(make("p", { class: "meta" }, make("bdi", {}, message.from), " · ", when(message), " · ",
      words.segments + " " + message.segments),
      make("p", { class: "sms", dir: "auto" }, ...linked(message.text)));
  }
  const input = make("input", { id: "reply", name: "text", required: "", maxlength: "300", autocomplete: "off" });
  const status = make("p", { class: "meta", role: "status" });
  box.append(make("form", {
    onsubmit: async event => {
      event.preventDefault();
      const text = input.value;
      const answer = await fetch("/api/messages", { method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ channel: "SMS", from: number, text }) });
      if (answer.ok) {
        event.target.before(make("p", { class: "sms mine", dir: "auto" }, text));
        input.value = "";
      }
      status.textContent = answer.ok ? words.sent : words.failed;
    }
  }, make("label", { for: "reply" }, words.reply), input, make("button", {}, words.send)), status);
  return box;
}

function show() {
  const byAddress = new Map();
  for (const message of all) {
    if (!byAddress.has(message.to)) byAddress.set(message.to, []);
    byAddress.get(message.to).push(message);
  }
  if (!byAddress.has(chosen)) chosen = all.length ? all[0].to : "";
  people.replaceChildren(...[...byAddress].map(([address, messages]) => make("li", {},
    make("button", { type: "button", "aria-current": String(address === chosen),
      onclick: () => { chosen = address; location.hash = encodeURIComponent(address); show(); } },
      make("bdi", {}, address), make("span", { class: "count" }, String(messages.length))))));
  const mine = byAddress.get(chosen) ?? [];
  const key = chosen + mine.map(message => message.id).join();
  if (key === shown) return;
  shown = key;
  if (!mine.length) {
    pane.replaceChildren(make("p", { class: "empty" }, words.empty));
  } else if (mine[0].channel === "SMS") {
    pane.replaceChildren(phone(chosen, mine));
  } else {
    pane.replaceChildren(...mine.map(email));
  }
}

async function look() {
  try {
    all = await (await fetch("/api/messages?limit=500")).json();
    show();
  } finally {
    setTimeout(look, 2000);
  }
}

document.getElementById("clear").addEventListener("click", async () => {
  await fetch("/api/messages", { method: "DELETE" });
  all = [];
  show();
});
look();
