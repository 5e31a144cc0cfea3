package coop.imece.gateway.signin;

import coop.imece.gateway.account.Address;
import coop.imece.gateway.account.AddressVault;
import coop.imece.gateway.account.Channel;
import coop.imece.gateway.session.NetworkPrefix;
import coop.imece.gateway.session.PublicAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// What all who sign in share: so many codes a day to one mail domain, so many wishes from one network, so many SMS in
/// all. Counted for all instances together ([DayCounts]), by the day in UTC, under keyed hashes: the counts tell nobody
/// who came from where. What one address gets is counted in its own document ([SignIn]).
///
/// Accounts are not looked at, so a refusal says nothing about them.
@Component
class SignInQuota {

    private static final String SMS = "sms";

    private final DayCounts counts;
    private final AddressVault vault;
    private final SignInSettings settings;
    private final PublicAddress publicAddress;

    SignInQuota(DayCounts counts, AddressVault vault, SignInSettings settings, PublicAddress publicAddress) {
        this.counts = counts;
        this.vault = vault;
        this.settings = settings;
        this.publicAddress = publicAddress;
    }

    /// Whether we send codes there at all: SMS to some countries cost much, and thieves live on it.
    boolean serves(Address address) {
        return address.country().map(settings.smsCountries()::contains).orElse(address.channel() == Channel.EMAIL);
    }

    /// Counts one more wish for a code from this network; how long it has to wait if that is too many.
    Optional<Duration> wished(String remoteAddress, Instant now) {
        return counted("network", NetworkPrefix.of(remoteAddress), settings.perNetworkPerDay(), now);
    }

    /// Counts one more message to this address; how long it has to wait if that is too many.
    Optional<Duration> sent(Address address, Instant now) {
        return switch (address.channel()) {
            case EMAIL -> counted("domain", address.domain(), settings.perDomainPerDay(), now);
            case SMS -> counted(SMS, SMS, settings.smsPerDay(), now);
        };
    }

    private Optional<Duration> counted(String kind, String subject, int most, Instant now) {
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        long count = counts.increment(kind + " " + vault.hash("sign-in-count", kind + ":" + subject), day);
        return count <= settings.shared(most, publicAddress)
                ? Optional.empty()
                : Optional.of(Duration.between(
                        now, day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()));
    }
}
