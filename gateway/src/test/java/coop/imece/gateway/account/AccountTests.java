package coop.imece.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.security.NetworkRole;
import coop.imece.platform.test.ContractAssertions;
import coop.imece.platform.text.Language;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountTests {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Account.Proved email = new Account.Proved(Channel.EMAIL, "hash-e", "encrypted-e", NOON, null);
    private final Account.Proved phone = new Account.Proved(Channel.SMS, "hash-p", "encrypted-p", NOON, null);
    private final Account account = Account.opened(Ids.v7(), email, Language.TR);

    @Test
    void neverLosesItsLastAddress() {
        account.add(phone);
        assertThat(account.remove(email)).isTrue();
        assertThat(account.remove(phone)).isFalse();
        assertThat(account.addresses()).containsExactly(phone);
    }

    @Test
    void callsItsAddressesByIdsThatSayNothingOfThem() {
        assertThat(email.id()).isEqualTo(email.id()).isNotEqualTo(phone.id());
        assertThat(account.address(email.id())).contains(email);
        assertThat(account.address(phone.id())).isEmpty();
    }

    @Test
    void remembersWhichAddressSignedInLast() {
        account.add(phone);
        account.used(email, NOON.plusSeconds(60));
        assertThat(account.addresses()).extracting(Account.Proved::usedAt).containsExactly(NOON.plusSeconds(60), null);
    }

    @Test
    void tellsItsHolderInTheWordsOfTheContract() {
        ContractAssertions.assertEveryTypeIsPublished(SendMessage.class);
        account.tell(new SendMessage(Ids.v7(), "address-added", "EMAIL", "tr", NOON, "sealed"));
        assertThat(ContractAssertions.assertPublishes(account))
                .singleElement()
                .satisfies(entry -> assertThat(entry.topic()).isEqualTo("notification.message.commands.v1"));
    }

    @Test
    void holdsNothingOnceItIsErased() {
        account.assign(Set.of(NetworkRole.REVIEWER));
        account.erase(Ids.v7(), List.of("erased:1"), NOON);
        assertThat(account.erased()).isTrue();
        assertThat(account.networkRoles()).isEmpty();
        assertThat(account.createdAt()).isNull();
        assertThat(account.language()).isEqualTo(Language.EN);
        assertThat(account.holds("hash-e")).isFalse();
        assertThat(account.addresses())
                .allSatisfy(left -> assertThat(left.encrypted()).isEmpty());
    }

    @Test
    void asksEveryServiceToEraseInTheWordsOfTheContract() {
        ContractAssertions.assertEveryTypeIsPublished(EraseSubject.class);
        account.erase(Ids.v7(), List.of("erased:1"), NOON);
        assertThat(ContractAssertions.assertPublishes(account))
                .singleElement()
                .satisfies(entry -> assertThat(entry.topic()).isEqualTo("platform.erasure.commands.v1"));
    }
}
