package coop.imece.gateway.signin;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.test.ContractAssertions;
import coop.imece.platform.text.Language;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GatewayContractTests {

    @Test
    void theCommandItSendsHasASchemaAndAnExample() {
        ContractAssertions.assertEveryTypeIsPublished(SendMessage.class);
    }

    @Test
    void theCommandItSendsSatisfiesItsSchema() {
        Instant now = Instant.parse("2026-11-21T12:00:00Z");
        SignIn signIn = new SignIn(Ids.v7(), "encrypted");
        signIn.codeRequested(
                "hash",
                "hash",
                Language.SL,
                new SignInLimits(Duration.ofMinutes(10), 5, Duration.ofMinutes(15), 5, 20),
                now,
                SendMessage.signIn(Ids.v7(), "SMS", Language.SL, now.plusSeconds(600), "a.b.c.d.e"));
        ContractAssertions.assertPublishes(signIn);
    }
}
