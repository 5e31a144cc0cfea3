package coop.imece.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coop.imece.launcher.demo.People;
import coop.imece.launcher.demo.PublicApi;
import coop.imece.launcher.demo.PublicApi.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// The main job over all processes, by HTTP alone: a supporter announces a fair, and everyone who asked for it gets the
/// e-mail or the SMS.
@ExtendWith(ImeceExtension.class)
class MainJobJourneyTests {

    private static final Pattern STOP_ADDRESS = Pattern.compile("<(https?://[^>]+)>");

    private final Imece imece;
    private final PublicApi api;

    MainJobJourneyTests(Imece imece) {
        this.imece = imece;
        this.api = imece.api();
    }

    @Test
    void whoAskedForFairsHearsOfTheFairAndOfItsEndUnlessTheyStopped() throws Exception {
        var people = new People(api);
        String organiser = people.verifiedSupporter("Nilüfer Belediyesi");
        String dana = people.subscriberByMail("he", "FAIR", "TR-16");
        String stays = people.subscriberByMail("tr", "FAIR", "TR-16");
        String phone = people.subscriberByPhone("tr", "FAIR", "TR-16");
        String elsewhere = people.subscriberByMail("tr", "FAIR", "TR-35");
        UUID fair = people.draftedFair(organiser);

        Answer publication = people.publish(fair);
        String broadcast = publication.headers().firstValue("Location").orElseThrow();

        JsonNode books = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> people.read(broadcast),
                        book -> "SENT".equals(book.path("state").asString()));
        assertThat(books.path("accepted").asInt())
                .isEqualTo(books.path("sent").asInt()
                        + books.path("failed").asInt()
                        + books.path("suppressed").asInt()
                        + books.path("inDoubt").asInt());
        JsonNode toDana = theMessage(dana);
        assertThat(toDana.path("subject").asString()).contains("יריד יצרנים בנילופר");
        assertThat(toDana.path("html").asString()).contains("dir=\"rtl\"");
        assertThat(header(toDana, "List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
        assertThat(theMessage(phone).path("text").asString()).contains("RET");
        assertThat(broadcasts(elsewhere)).isEmpty();

        oneClick(toDana);
        imece.inboundSms(phone, "RET");
        people.cancel(fair, "Fırtına uyarısı");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(broadcasts(stays)).hasSize(2));
        assertThat(broadcasts(stays).getFirst().path("text").asString()).contains("Fırtına uyarısı");
        assertThat(broadcasts(dana)).hasSize(1);
        assertThat(broadcasts(phone)).hasSize(1);
        assertThat(broadcasts(elsewhere)).isEmpty();
    }

    private JsonNode theMessage(String to) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> broadcasts(to), list -> !list.isEmpty())
                .getFirst();
    }

    /// What an address got apart from the request to confirm, newest first.
    private List<JsonNode> broadcasts(String to) {
        List<JsonNode> all = api.messages(to);
        return all.subList(0, Math.max(0, all.size() - 1));
    }

    private void oneClick(JsonNode mail) throws Exception {
        Matcher address = STOP_ADDRESS.matcher(header(mail, "List-Unsubscribe"));
        assertThat(address.find()).isTrue();
        var request = HttpRequest.newBuilder(URI.create(address.group(1)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static String header(JsonNode mail, String name) {
        return mail.path("headers").path(name).asString("");
    }
}
