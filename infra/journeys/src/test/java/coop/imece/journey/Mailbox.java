package coop.imece.journey;

import static org.awaitility.Awaitility.await;

import coop.imece.launcher.demo.PublicApi;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What arrives at an address or a number, read as its owner would: each code and each link once, the newest first.
final class Mailbox {

    private static final Pattern CODE = Pattern.compile("\\b(\\d{8})\\b");

    private final PublicApi api;
    private final String owner;
    private int read;

    Mailbox(PublicApi api, String owner) {
        this.api = api;
        this.owner = owner;
        this.read = api.messages(owner).size();
    }

    String owner() {
        return owner;
    }

    /// The code of a message that comes or came after the last one read.
    String code() {
        return next(CODE);
    }

    /// Path and query of a link that contains this.
    String link(String containing) {
        URI link = URI.create(next(Pattern.compile("(https?://\\S*" + Pattern.quote(containing) + "\\S*)")));
        return link.getRawQuery() == null ? link.getPath() : link.getPath() + "?" + link.getRawQuery();
    }

    private String next(Pattern wanted) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> unread(wanted), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<String> unread(Pattern wanted) {
        List<JsonNode> all = api.messages(owner);
        Optional<String> found = all.stream()
                .limit(all.size() - read)
                .flatMap(message ->
                        wanted.matcher(message.path("text").asString()).results())
                .map((MatchResult match) -> match.group(1))
                .findFirst();
        found.ifPresent(_ -> read = all.size());
        return found;
    }
}
