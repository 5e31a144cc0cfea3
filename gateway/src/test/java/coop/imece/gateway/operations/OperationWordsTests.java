package coop.imece.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ResourceBundleMessageSource;

class OperationWordsTests {

    @ParameterizedTest
    @CsvSource({
        "PUT /api/v1/gatherings/{id}, gatherings.entry",
        "POST /gatherings/new, gatherings.entry",
        "PATCH /api/v1/gatherings/{id}, gatherings.change",
        "POST /gatherings/{id}/edit, gatherings.change",
        "POST /api/v1/gatherings/{id}/publication, gatherings.publication",
        "POST /reports/{id}, reports.change",
        "DELETE /api/v1/organisations/{organisation}/representatives/{account}, organisations.representatives.removal",
        "POST /api/v1/sign-in, sign-in",
        "PUT /api/v1/accounts/{id}/network-roles, accounts.network-roles",
        "POST /internal/operations/dead-letters/{id}/replay, internal.operations.dead-letters.replay",
        "nonsense, nonsense",
    })
    void bringsPageAndApiToOneName(String operation, String name) {
        assertThat(OperationWords.name(operation)).isEqualTo(name);
    }

    @Test
    void saysWhatItHasWordsForAndLeavesTheRestAsItIs() {
        assertThat(words().of("POST /api/v1/gatherings/{id}/publication", Locale.of("tr")))
                .contains("Etkinlik yayımlandı");
        assertThat(words().of("POST /gatherings/{id}/publication", Locale.of("he")))
                .contains("האירוע פורסם");
        assertThat(words().of("POST /api/v1/inventions", Locale.of("tr"))).isEmpty();
    }

    @Test
    void tellsEveryCommandInWords() {
        var words = words();
        assertThat("""
                POST /api/v1/account/addresses
                POST /account/addresses/new
                POST /api/v1/account/addresses/confirmation
                POST /account/addresses/code
                DELETE /api/v1/account/addresses/{id}
                POST /api/v1/account/erasure
                POST /api/v1/account/proof
                POST /account/proof/code
                POST /api/v1/account/proof/confirmation
                PUT /api/v1/accounts/{id}/network-roles
                POST /api/v1/clients
                POST /clients/new
                DELETE /api/v1/clients/{id}
                PATCH /api/v1/clients/{id}
                POST /api/v1/clients/{id}/rotation
                PATCH /api/v1/code-lists/{name}
                PUT /api/v1/code-lists/{name}
                PATCH /api/v1/gatherings/{id}
                PUT /api/v1/gatherings/{id}
                POST /api/v1/gatherings/{id}/cancellation
                POST /api/v1/gatherings/{id}/publication
                POST /api/v1/invitations/{token}/acceptance
                POST /invitations/{token}
                POST /api/v1/operations/dead-letters/{id}/discard
                POST /api/v1/operations/dead-letters/{id}/replay
                PATCH /api/v1/organisations/{id}
                PUT /api/v1/organisations/{id}
                POST /api/v1/organisations/{id}/claims
                POST /organisations/{id}/claim
                POST /api/v1/organisations/{id}/verification
                POST /api/v1/organisations/{organisation}/handover
                POST /organisations/{organisation}/people/{account}/handover
                POST /api/v1/organisations/{organisation}/invitations
                DELETE /api/v1/organisations/{organisation}/invitations/{invitation}
                POST /api/v1/organisations/{organisation}/representatives
                DELETE /api/v1/organisations/{organisation}/representatives/{account}
                PATCH /api/v1/organisations/{organisation}/representatives/{account}
                PATCH /api/v1/preferences/{token}
                POST /api/v1/preferences/{token}/code
                POST /api/v1/preferences/{token}/erasure
                POST /api/v1/preferences/{token}/export
                PATCH /api/v1/reports/{id}
                PUT /api/v1/reports/{id}
                POST /api/v1/reports/{id}/approval
                POST /api/v1/reports/{id}/return
                POST /api/v1/reports/{id}/submission
                DELETE /api/v1/sessions
                DELETE /api/v1/sessions/{id}
                POST /api/v1/sign-in
                POST /api/v1/sign-in/code
                POST /sign-in/link/{link}
                POST /sign-out
                POST /api/v1/subscriptions
                POST /api/v1/subscriptions/confirmation
                POST /api/v1/unsubscribe/{token}
                """.lines())
                .allSatisfy(command -> assertThat(words.of(command, Locale.of("tr")))
                        .as(command)
                        .isPresent());
    }

    private static OperationWords words() {
        var texts = new ResourceBundleMessageSource();
        texts.setBasename("operations/messages");
        texts.setDefaultEncoding("UTF-8");
        texts.setFallbackToSystemLocale(false);
        return new OperationWords(texts);
    }
}
