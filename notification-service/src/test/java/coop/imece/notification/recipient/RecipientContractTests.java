package coop.imece.notification.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.message.SendMessage;
import coop.imece.platform.aggregate.OutboxEntry;
import coop.imece.platform.test.ContractAssertions;
import coop.imece.platform.text.Language;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecipientContractTests {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void everyTypeHasASchemaAndAnExample() {
        ContractAssertions.assertEveryTypeIsPublished(RecipientEvent.class);
        ContractAssertions.assertEveryTypeIsPublished(SendMessage.class);
    }

    @Test
    void everythingARecipientPublishesSatisfiesItsSchemaAndHoldsNoAddress() {
        var recipient = Recipient.of(
                UUID.randomUUID(), new Recipient.Address(Channel.EMAIL, "dana@agudah.example"), Language.HE);
        var request = new PendingConfirmation.Request(
                new Criteria(List.of("FAIR"), List.of("TR-16"), List.of()), "he", "2026-11-21", Consent.Source.WEB);
        recipient.ask(
                new PendingConfirmation(
                        UUID.randomUUID(), Channel.EMAIL, "proof", NOW.plus(Duration.ofHours(48)), 0, null, request),
                new SendMessage(UUID.randomUUID(), "subscription-confirmation", "EMAIL", "he", NOW, "sealed"),
                NOW);
        recipient.confirmByToken("proof", NOW);
        recipient.stop(Channel.EMAIL, Consent.Source.E_MAIL_LINK, NOW);
        recipient.restate();
        recipient.erase();

        List<OutboxEntry> published = ContractAssertions.assertPublishes(recipient);

        assertThat(published)
                .extracting(OutboxEntry::type)
                .containsExactly(
                        "notification.send-message.v1",
                        "notification.consent.given.v1",
                        "notification.consent.withdrawn.v1",
                        "notification.consent.restated.v1",
                        "notification.consent.erased.v1");
        assertThat(published).extracting(OutboxEntry::data).noneMatch(data -> data.contains("dana"));
    }
}
