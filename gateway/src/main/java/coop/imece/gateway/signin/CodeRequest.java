package coop.imece.gateway.signin;

import coop.imece.gateway.account.Address;
import coop.imece.gateway.account.AddressVault;
import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.text.Language;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/// Makes a code and a link for an address and has them sent.
///
/// It never looks at accounts: a known and an unknown address get the same answer by the same work.
@Component
public class CodeRequest {

    private static final int RACES = 5;

    /// What came of it.
    public sealed interface Outcome {

        /// A message is on its way.
        record Accepted() implements Outcome {}

        /// The address has had its share, or all who share something with it have had theirs.
        record TooMany(Duration pause) implements Outcome {}

        /// We send no SMS to the country of this number.
        record CountryNotServed() implements Outcome {}
    }

    private final SignIns signIns;
    private final AddressVault vault;
    private final SignInMessages messages;
    private final SignInQuota quota;
    private final Clock clock;

    CodeRequest(SignIns signIns, AddressVault vault, SignInMessages messages, SignInQuota quota, Clock clock) {
        this.signIns = signIns;
        this.vault = vault;
        this.messages = messages;
        this.quota = quota;
        this.clock = clock;
    }

    /// Sends a code and a link, unless there were too many.
    ///
    /// @param remoteAddress the network address the wish came from
    public Outcome request(Address address, Language language, String remoteAddress) {
        if (!quota.serves(address)) {
            return new Outcome.CountryNotServed();
        }
        Optional<Duration> pause = quota.wished(remoteAddress, clock.instant());
        if (pause.isPresent()) {
            return new Outcome.TooMany(pause.get());
        }
        for (int race = 1; ; race++) {
            try {
                return requested(address, language);
            } catch (DuplicateKeyException | OptimisticLockingFailureException e) {
                if (race == RACES) {
                    throw e;
                }
            }
        }
    }

    /// A race lost counts one message too many for the domain or all SMS, never one too few.
    private Outcome requested(Address address, Language language) {
        Instant now = clock.instant();
        SignInLimits limits = messages.limits(address.channel());
        var id = Ids.derived("sign-in", vault.hash(address));
        SignIn signIn = signIns.findById(id).orElseGet(() -> new SignIn(id, vault.encrypt(SignIn.PURPOSE, address)));
        Optional<Duration> pause = signIn.pause(limits, now).or(() -> quota.sent(address, now));
        if (pause.isPresent()) {
            return new Outcome.TooMany(pause.get());
        }
        SignInMessages.Made made = messages.make(address, language, now);
        signIn.codeRequested(
                vault.hash("code", id + ":" + made.code()),
                vault.hash("link", made.link()),
                language,
                limits,
                now,
                made.message());
        signIns.save(signIn);
        return new Outcome.Accepted();
    }
}
