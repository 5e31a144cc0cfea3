package coop.imece.notification.recipient;

import coop.imece.notification.channel.Channel;
import coop.imece.notification.recipient.StoredRecipients.Change;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.ServerOwned;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What somebody with a preferences token may see and do. The token shows addresses masked; all that they are, and
/// their end, needs a fresh code sent to the address itself.
@Component
final class Preferences {

    private final PreferenceTokens tokens;
    private final StoredRecipients recipients;
    private final SubscriptionRequest.Check check;
    private final Questions questions;
    private final Clock clock;

    Preferences(
            PreferenceTokens tokens,
            StoredRecipients recipients,
            SubscriptionRequest.Check check,
            Questions questions,
            Clock clock) {
        this.tokens = tokens;
        this.recipients = recipients;
        this.check = check;
        this.questions = questions;
        this.clock = clock;
    }

    /// What is shown.
    ///
    /// @param version for the `ETag`
    /// @param channels those with standing consent
    record Shown(
            long version,
            Language language,
            Set<Channel> channels,
            List<Masked> addresses,
            List<Interest> interests,
            List<Consent> consents) {}

    /// @param address masked
    record Masked(Channel channel, String address) {}

    /// What can be changed.
    ///
    /// @param language in which to write
    /// @param channels those to go on with: one can be left out, not added, because that takes a confirmation
    /// @param interests what of
    @ServerOwned({"addresses", "consents"})
    record Content(
            @Nullable String language,
            @Nullable List<@Nullable Channel> channels,
            @Nullable List<SubscriptionRequest.@Nullable Wish> interests) {}

    /// What came of a change.
    sealed interface Outcome {

        record Changed(Shown shown) implements Outcome {}

        record Refused(List<FieldError> errors) implements Outcome {}

        record ChangedMeanwhile(long version) implements Outcome {}

        /// The token is not ours or too old, or the recipient is erased.
        record Unknown() implements Outcome {}
    }

    Optional<Shown> show(String token) {
        return tokens.recipient(token).flatMap(recipients::find).map(this::shown);
    }

    private Shown shown(Recipient recipient) {
        return new Shown(
                recipient.version(),
                recipient.language(),
                recipient.channels(),
                recipients.contacts(recipient).stream()
                        .map(contact -> new Masked(contact.channel(), contact.masked()))
                        .toList(),
                recipient.interests(),
                recipient.consents());
    }

    /// Replaces what can be changed, if the version is still the present one.
    Outcome replace(String token, Content content, long version, Consent.Source source) {
        var checks = new Checks();
        Language language = SubscriptionRequest.Check.language(content.language(), "#/language", checks);
        List<Criteria> interests = interests(content, checks);
        Set<Channel> channels = channels(content, checks);
        return changed(token, recipient -> {
            if (recipient.version() != version) {
                return Change.none(new Outcome.ChangedMeanwhile(recipient.version()));
            }
            if (!recipient.channels().containsAll(channels)) {
                checks.refuse("#/channels", "consent-needs-confirmation");
            }
            if (language == null || checks.failed()) {
                return Change.none(new Outcome.Refused(checks.errors()));
            }
            Instant now = clock.instant();
            recipient.prefer(language, interests, now);
            recipient.channels().stream()
                    .filter(channel -> !channels.contains(channel))
                    .forEach(channel -> recipient.stop(channel, source, now));
            return saved(recipient);
        });
    }

    private List<Criteria> interests(Content content, Checks checks) {
        var interests = new ArrayList<Criteria>();
        List<SubscriptionRequest.@Nullable Wish> wishes = content.interests() == null ? List.of() : content.interests();
        if (checks.require(
                wishes.size() <= Recipient.MOST_INTERESTS,
                "#/interests",
                "too-many-criteria",
                Recipient.MOST_INTERESTS)) {
            for (int i = 0; i < wishes.size(); i++) {
                Criteria criteria = check.criteria(wishes.get(i), "#/interests/" + i, checks);
                if (criteria != null) {
                    interests.add(criteria);
                }
            }
        }
        return interests;
    }

    private static Set<Channel> channels(Content content, Checks checks) {
        var channels = EnumSet.noneOf(Channel.class);
        if (content.channels() != null) {
            for (Channel channel : content.channels()) {
                if (checks.require(channel != null, "#/channels", "required")) {
                    channels.add(channel);
                }
            }
        }
        return channels;
    }

    /// Changes the language alone: nobody's other change can be lost by it.
    Outcome speak(String token, @Nullable String tag) {
        var checks = new Checks();
        Language language = SubscriptionRequest.Check.language(tag, "#/language", checks);
        return language == null
                ? new Outcome.Refused(checks.errors())
                : changed(token, recipient -> {
                    recipient.prefer(language, criteria(recipient), clock.instant());
                    return saved(recipient);
                });
    }

    /// Adds one interest.
    Outcome add(String token, SubscriptionRequest.Wish wish) {
        var checks = new Checks();
        Criteria criteria = check.criteria(wish, "#/criteria", checks);
        return changed(token, recipient -> {
            checks.require(
                    recipient.interests().size() < Recipient.MOST_INTERESTS,
                    "#/criteria",
                    "too-many-criteria",
                    Recipient.MOST_INTERESTS);
            if (criteria == null || checks.failed()) {
                return Change.none(new Outcome.Refused(checks.errors()));
            }
            var wanted = new ArrayList<>(criteria(recipient));
            wanted.add(criteria);
            recipient.prefer(recipient.language(), wanted, clock.instant());
            return saved(recipient);
        });
    }

    /// Removes one interest; removed before is removed.
    Outcome remove(String token, String interest) {
        return changed(token, recipient -> {
            List<Criteria> left = recipient.interests().stream()
                    .filter(one -> !one.id().toString().equals(interest))
                    .map(Interest::criteria)
                    .toList();
            recipient.prefer(recipient.language(), left, clock.instant());
            return saved(recipient);
        });
    }

    /// Stops every channel.
    Outcome stop(String token, Consent.Source source) {
        return changed(token, recipient -> {
            for (Channel channel : Channel.values()) {
                recipient.stop(channel, source, clock.instant());
            }
            return saved(recipient);
        });
    }

    private static List<Criteria> criteria(Recipient recipient) {
        return recipient.interests().stream().map(Interest::criteria).toList();
    }

    private Outcome changed(String token, Function<Recipient, Change<Outcome>> change) {
        return tokens.recipient(token)
                .flatMap(id -> recipients.change(id, change))
                .map(outcome -> outcome instanceof Outcome.Changed ? again(token) : outcome)
                .orElseGet(Outcome.Unknown::new);
    }

    private Change<Outcome> saved(Recipient recipient) {
        return Change.saved(new Outcome.Changed(shown(recipient)));
    }

    /// The version is counted up by the save, so the answer is what stands there afterwards.
    private Outcome again(String token) {
        return show(token).<Outcome>map(Outcome.Changed::new).orElseGet(Outcome.Unknown::new);
    }

    /// Sends a fresh code to the recipient's address, unless there were too many today; false if the token is not good.
    boolean sendCode(String token) {
        return tokens.recipient(token)
                .flatMap(id -> recipients.change(id, recipient -> {
                    Instant now = clock.instant();
                    if (!recipient.mayBeAsked(now)) {
                        return Change.none(true);
                    }
                    ContactPoint contact = recipients.contacts(recipient).getFirst();
                    var question = questions.freshCode(id, contact, recipient.language(), now);
                    recipient.ask(question.confirmation(), question.message(), now);
                    return Change.saved(true);
                }))
                .orElse(false);
    }

    /// What came of something that needs a fresh code.
    sealed interface Proved<T> {

        record Done<T>(T result) implements Proved<T> {}

        record WrongCode<T>() implements Proved<T> {}

        /// The token is not ours or too old, or the recipient is erased.
        record Unknown<T>() implements Proved<T> {}
    }

    /// Everything held about a recipient, in the clear.
    record Export(
            UUID id,
            String language,
            List<Contact> addresses,
            List<Interest> interests,
            List<Consent> consents,
            Instant exportedAt) {

        record Contact(Channel channel, String address) {

            @Override
            public String toString() {
                return "Contact[" + channel + "]";
            }
        }
    }

    Proved<Export> export(String token, String code) {
        return proved(
                token,
                code,
                recipient -> new Export(
                        recipient.id(),
                        recipient.language().tag(),
                        recipients.contacts(recipient).stream()
                                .map(contact -> new Export.Contact(contact.channel(), contact.value()))
                                .toList(),
                        recipient.interests(),
                        recipient.consents(),
                        clock.instant()));
    }

    /// The receipt of an erasure.
    record Erased(UUID id, String state, Instant at) {}

    /// Deletes everything but id, sequence and the fact; the id is never used again.
    Proved<Erased> erase(String token, String code) {
        return proved(token, code, recipient -> {
            recipient.erase();
            return new Erased(recipient.id(), Recipient.State.ERASED.name(), clock.instant());
        });
    }

    private <T> Proved<T> proved(String token, String code, Function<Recipient, T> action) {
        return tokens.recipient(token)
                .flatMap(id -> recipients.change(id, recipient -> {
                    boolean right = recipient.prove(questions.proof(id, code.strip()), clock.instant());
                    return Change.<Proved<T>>saved(
                            right ? new Proved.Done<>(action.apply(recipient)) : new Proved.WrongCode<>());
                }))
                .orElseGet(Proved.Unknown::new);
    }
}
