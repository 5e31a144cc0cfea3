package coop.imece.gateway.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coop.imece.gateway.Http;
import coop.imece.gateway.SignedIn;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.seal.Unsealing;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.test.ContractAssertions;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest
class RepresentationViewIntegrationTests {

    private static final String TOPIC = "directory.representation.v1";
    private static final UUID EXAMPLE_ACCOUNT = UUID.fromString("0192f0c1-0000-7000-8000-00000000acc1");

    @Autowired
    KnownRepresentations representations;

    @Autowired
    KnownOrganisations organisations;

    @Autowired
    Unsealing unsealing;

    @LocalServerPort
    int port;

    private static String state(UUID id, UUID organisation, UUID account, String state) {
        return """
                {"state":{"id":"%s","organisation":"%s","account":"%s","role":"REPRESENTATIVE","state":"%s"},"fact":{}}
                """.formatted(id, organisation, account, state);
    }

    @Test
    void takesEachPublishedExampleTwiceAndOneOfATypeNobodyKnows() {
        UUID id = Ids.v7();
        for (var message : ContractAssertions.allReceived(TOPIC, id)) {
            representations.on(message);
            representations.on(message);
        }
        assertThat(representations.of(EXAMPLE_ACCOUNT)).hasSizeLessThanOrEqualTo(1);
        UUID organisation = Ids.v7();
        for (var message : ContractAssertions.allReceived("directory.organisation.v1", organisation)) {
            organisations.on(message);
            organisations.on(message);
        }
    }

    @Test
    void anAppointmentGivesARoleAndADismissalTakesItInWhateverOrderTheyCome() {
        UUID id = Ids.v7();
        UUID organisation = Ids.v7();
        UUID account = Ids.v7();
        representations.on(ContractAssertions.received(
                "directory.representation.appointed.v1", id, 1, state(id, organisation, account, "APPOINTED")));
        assertThat(representations.of(account))
                .containsExactly(java.util.Map.entry(organisation, OrganisationRole.REPRESENTATIVE));
        representations.on(ContractAssertions.received(
                "directory.representation.dismissed.v1", id, 2, state(id, organisation, account, "DISMISSED")));
        representations.on(ContractAssertions.received(
                "directory.representation.appointed.v1", id, 1, state(id, organisation, account, "APPOINTED")));
        assertThat(representations.of(account)).isEmpty();
    }

    @Test
    void aRoleCountsSoonAfterItWasPublishedAndAsSoonEndsAgain() {
        Http http = new Http(port);
        SignedIn signedIn = new SignedIn(http, unsealing);
        String mail = "rep" + UUID.randomUUID().toString().substring(0, 8) + "@x.example";
        String token = signedIn.token(mail);
        UUID account = UUID.fromString(http.get("/api/v1/me", "Authorization", "Bearer " + token)
                .json()
                .required("account")
                .asString());
        UUID id = Ids.v7();
        UUID organisation = Ids.v7();
        try (TestBroker broker = new TestBroker()) {
            broker.send(
                    "directory.organisation.v1",
                    "directory.organisation.registered.v1",
                    organisation,
                    1,
                    ContractAssertions.example("directory.organisation.registered.v1"));
            broker.send(
                    TOPIC,
                    "directory.representation.appointed.v1",
                    id,
                    1,
                    state(id, organisation, account, "APPOINTED"));
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                var represented = http.get("/api/v1/me", "Authorization", "Bearer " + token)
                        .json()
                        .required("organisations");
                assertThat(represented.size()).isEqualTo(1);
                assertThat(represented.get(0).required("role").asString()).isEqualTo("REPRESENTATIVE");
                assertThat(represented.get(0).required("name").toString()).contains("Nilüfer Belediyesi");
            });
            broker.send(
                    TOPIC,
                    "directory.representation.dismissed.v1",
                    id,
                    2,
                    state(id, organisation, account, "DISMISSED")
                            .replace("\"fact\":{}", "\"fact\":{\"by\":\"OTHERS\"}"));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> http.get("/api/v1/me", "Authorization", "Bearer " + token)
                            .json()
                            .required("organisations")
                            .isEmpty());
            var letter = signedIn.told(mail, "representation-ended");
            assertThat(letter.parameters().get("organisation")).contains("Nilüfer Belediyesi");
            assertThat(letter.link()).isEqualTo("/desk");
        }
    }
}
