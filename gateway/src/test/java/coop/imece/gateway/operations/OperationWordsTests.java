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
        var texts = new ResourceBundleMessageSource();
        texts.setBasename("operations/messages");
        texts.setDefaultEncoding("UTF-8");
        texts.setFallbackToSystemLocale(false);
        var words = new OperationWords(texts);

        assertThat(words.of("POST /api/v1/gatherings/{id}/publication", Locale.of("tr")))
                .contains("Etkinlik yayımlandı");
        assertThat(words.of("POST /gatherings/{id}/publication", Locale.of("he")))
                .contains("האירוע פורסם");
        assertThat(words.of("POST /api/v1/inventions", Locale.of("tr"))).isEmpty();
    }
}
