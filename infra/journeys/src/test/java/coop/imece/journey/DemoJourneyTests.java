package coop.imece.journey;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.launcher.ImeceSystem;
import coop.imece.launcher.demo.Demo;
import coop.imece.launcher.demo.PublicApi;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A demonstration started again on its data finds everything as it is, also what people have made of it since.
@ExtendWith(ImeceExtension.class)
class DemoJourneyTests {

    private final PublicApi api;
    private final String name = "Deneme" + UUID.randomUUID().toString().substring(0, 8);

    DemoJourneyTests(Imece imece) {
        this.api = imece.api();
    }

    @Test
    void aFilledNetworkFilledAgainStaysAsItIs() {
        var network = new JsonMapper().readTree("""
                {"organisations": [
                   {"key": "%1$s", "type": "SUPPORTER", "kind": "MUNICIPALITY", "name": {"tr": "%1$s Belediyesi"},
                    "place": {"country": "TR", "region": "TR-16"}, "owner": "%1$s-b@posta.example"},
                   {"key": "%1$s-1", "type": "COOPERATIVE", "kind": "KGI", "name": {"tr": "%1$s Kooperatifi"},
                    "place": {"country": "TR", "region": "TR-16"}, "owner": "%1$s-k@posta.example",
                    "members": 20, "women": 12, "jobs": 3}],
                 "gatherings": [
                   {"organiser": "%1$s", "kind": "FAIR", "topics": ["marketing"], "title": {"tr": "%1$s Fuarı"},
                    "inDays": 20, "hour": 10, "hours": 8, "days": 1, "zone": "Europe/Istanbul",
                    "place": {"country": "TR", "region": "TR-16"}}]}""".formatted(name));
        fill(network);
        List<JsonNode> filled = everything();
        assertThat(filled).as("two organisations, a gathering, two reports").hasSize(5);

        fill(network);

        assertThat(everything()).isEqualTo(filled);
    }

    private void fill(JsonNode network) {
        new Demo(api, Clock.systemUTC(), _ -> {}, network, 3).fill(ImeceSystem.ADMINISTRATOR);
    }

    private List<JsonNode> everything() {
        String admin = api.signIn(ImeceSystem.ADMINISTRATOR);
        List<JsonNode> all = new ArrayList<>(items("/organisations?q=" + name, admin));
        all.addAll(items("/gatherings?q=" + name, admin));
        for (JsonNode organisation : List.copyOf(all)) {
            if (organisation.path("type").asString("").equals("COOPERATIVE")) {
                all.addAll(items(
                        "/reports?organisation=" + organisation.required("id").asString(), admin));
            }
        }
        return all;
    }

    private List<JsonNode> items(String path, String token) {
        return api.send("GET", path, token, null)
                .expect(200)
                .body()
                .required("items")
                .valueStream()
                .toList();
    }
}
