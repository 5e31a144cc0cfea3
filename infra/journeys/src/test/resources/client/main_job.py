"""The main job, by the generated client alone: a supporter announces a fair, who asked for it hears of it, one of them
stops, the fair is called off. Only the codes and links a person would read come from the launcher's inbox.

Usage: main_job.py <address of the network> <address of the inbox>
"""

import json
import re
import sys
import time
import urllib.parse
import urllib.request
import uuid

from imece_client import AuthenticatedClient, Client
from imece_client.api.broadcasts import read_broadcast
from imece_client.api.consent_texts import read_consent_text
from imece_client.api.gatherings import cancel_gathering, find_gatherings, publish_gathering, read_gathering, write_gathering
from imece_client.api.me import read_me
from imece_client.api.organisations import verify_organisation, write_organisation
from imece_client.api.sign_in import request_sign_in_code, sign_in
from imece_client.api.subscriptions import confirm_subscription, subscribe
from imece_client.api.unsubscribe import unsubscribe
from imece_client import models

NETWORK, INBOX = sys.argv[1].rstrip("/"), sys.argv[2].rstrip("/")
PATIENCE = 60
RUN = uuid.uuid4().hex[:8]


def patiently(call):
    """Asks again as long as the API asks to."""
    end = time.monotonic() + PATIENCE
    while True:
        answer = call()
        if "Retry-After" not in answer.headers or time.monotonic() > end:
            return answer
        time.sleep(float(answer.headers["Retry-After"]))


def expect(status, call):
    answer = patiently(call)
    assert answer.status_code == status, f"{answer.status_code}: {answer.content.decode()}"
    return answer


def awaited(question):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = question()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("nothing came within a minute")


def messages(to):
    query = urllib.parse.urlencode({"to": to, "limit": 50})
    with urllib.request.urlopen(f"{INBOX}/api/messages?{query}") as answer:
        return json.load(answer)


def found_in_mail(to, pattern):
    def look():
        for message in messages(to):
            match = re.search(pattern, message["text"])
            if match:
                return match.group(1)
        return None

    return awaited(look)


def texts(**by_language):
    return models.LocalisedText.from_dict({tag: {"text": text} for tag, text in by_language.items()})


anybody = Client(base_url=NETWORK)


def signed_in(email):
    expect(202, lambda: request_sign_in_code.sync_detailed(client=anybody, body=models.SignInCodeWanted(email=email)))
    code = found_in_mail(email, r"\b(\d{8})\b")
    tried = models.SignInCodeTried(email=email, code=code, device_name="generated client")
    answer = expect(200, lambda: sign_in.sync_detailed(client=anybody, body=tried))
    return AuthenticatedClient(base_url=NETWORK, token=answer.parsed.token)


def subscribed(language):
    address = f"client-{language}-{RUN}@posta.example"
    text = expect(200, lambda: read_consent_text.sync_detailed(client=anybody, channel="EMAIL", language=language)).parsed
    wish = models.SubscriptionRequest(
        address=models.SubscriptionAddress(email=address),
        language=language,
        criteria=models.SubscriptionWish(kinds=["FAIR"], regions=["TR-16"]),
        frequency="AT_ONCE",
        consent=models.SubscriptionAgreement(text_version=text.version),
    )
    expect(202, lambda: subscribe.sync_detailed(client=anybody, body=wish))
    token = found_in_mail(address, r"token=([A-Za-z0-9_-]+)")
    answer = expect(200, lambda: confirm_subscription.sync_detailed(client=anybody, body=models.SubscriptionAnswer(token=token)))
    assert answer.parsed.state == "CONFIRMED"
    return address


def announcements(address):
    return [m for m in messages(address) if "List-Unsubscribe" in m["headers"]]


supporter = signed_in(f"client-{RUN}@belediye.example")
administrator = signed_in("admin@imece.example")

organisation = uuid.uuid4()
written = models.OrganisationRequest(
    type_=models.OrganisationRequestType.SUPPORTER,
    kind="MUNICIPALITY",
    name=texts(tr=f"Belediye {RUN}"),
    place=models.OrganisationWrittenPlace(country="TR", region="TR-16", locality="Nilüfer"),
)
registered = expect(201, lambda: write_organisation.sync_detailed(organisation, client=supporter, body=written))
assert registered.parsed.state == models.OrganisationAnswerState.SUBMITTED
assert registered.headers["ETag"]
verified = expect(201, lambda: verify_organisation.sync_detailed(organisation, client=administrator))
assert verified.parsed.state == models.OrganisationAnswerState.VERIFIED
represented = awaited(lambda: expect(200, lambda: read_me.sync_detailed(client=supporter)).parsed.organisations)
assert [one.id for one in represented] == [organisation]

stays, stops = subscribed("tr"), subscribed("he")

gathering = uuid.uuid4()
fair = models.GatheringWritten(
    organiser=organisation,
    kind="FAIR",
    topics=["marketing"],
    title=texts(tr="Nilüfer Üretici Fuarı", he="יריד יצרנים בנילופר"),
    starts=models.Moment.from_dict({"at": "2035-05-07T10:00:00+03:00", "zone": "Europe/Istanbul"}),
    ends=models.Moment.from_dict({"at": "2035-05-08T18:00:00+03:00", "zone": "Europe/Istanbul"}),
    place=models.Place(country="TR", region="TR-16", locality="Nilüfer"),
)
drafted = expect(201, lambda: write_gathering.sync_detailed(gathering, client=supporter, body=fair))
assert drafted.parsed.state == models.GatheringPublicStateState.DRAFT
expect(404, lambda: read_gathering.sync_detailed(gathering, client=anybody))

published = expect(201, lambda: publish_gathering.sync_detailed(
    gathering, client=supporter, body=models.GatheringWrittenPublication(notify=True), idempotency_key=RUN))
again = expect(201, lambda: publish_gathering.sync_detailed(
    gathering, client=supporter, body=models.GatheringWrittenPublication(notify=True), idempotency_key=RUN))
assert again.parsed.publication_id == published.parsed.publication_id


def finished():
    books = expect(200, lambda: read_broadcast.sync_detailed(published.parsed.publication_id, client=supporter)).parsed
    return books if books.state == models.BroadcastResponseState.SENT else None


books = awaited(finished)
assert books.accepted == books.sent + books.failed + books.suppressed + books.in_doubt
found = expect(200, lambda: find_gatherings.sync_detailed(client=anybody, organiser=str(organisation), limit=1)).parsed
assert [one.id for one in found.items] == [gathering] and found.total == 1

mail = awaited(lambda: announcements(stops))[0]
awaited(lambda: announcements(stays))
assert "יריד יצרנים בנילופר" in mail["subject"]
token = re.search(r"/unsubscribe/([A-Za-z0-9_.-]+)", mail["headers"]["List-Unsubscribe"]).group(1)
stopped = expect(200, lambda: unsubscribe.sync_detailed(token, client=anybody))
assert stopped.parsed.state == "STOPPED"

expect(201, lambda: cancel_gathering.sync_detailed(
    gathering, client=supporter, body=models.GatheringWrittenCancellation(reason=texts(tr="Fırtına uyarısı"))))
awaited(lambda: len(announcements(stays)) == 2)
assert len(announcements(stops)) == 1

refused = patiently(lambda: write_gathering.sync_detailed(gathering, client=anybody, body=fair))
assert refused.status_code == 401 and isinstance(refused.parsed, models.Problem), refused
print("done")
