package coop.imece.notification.recipient;

import coop.imece.notification.consent.ConsentTexts;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.Checks;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What somebody writes to subscribe, and whether it can be taken.
///
/// @param address where to
/// @param language in which to write, BCP 47
/// @param criteria what of; nothing means everything
/// @param frequency `AT_ONCE`
/// @param consent to which text
record SubscriptionRequest(
        @Nullable Address address,
        @Nullable String language,
        @Nullable Wish criteria,
        @Nullable String frequency,
        @Nullable Agreement consent) {

    /// One of the two.
    record Address(@Nullable String email, @Nullable String phone) {

        @Override
        public String toString() {
            return "Address[…]";
        }
    }

    /// Codes of what one wants to hear of.
    record Wish(
            @Nullable List<@Nullable String> kinds,
            @Nullable List<@Nullable String> regions,
            @Nullable List<@Nullable String> topics) {}

    record Agreement(@Nullable String textVersion) {}

    /// A request that can be taken.
    ///
    /// @param textVersion the consent text in force, which was agreed to
    record Valid(ContactPoint contact, Language language, Criteria criteria, String textVersion) {}

    /// Checks requests against code lists, consent texts and the countries we reach.
    @Component
    static final class Check {

        private static final int LONGEST_LIST = 100;

        private final InterestCodes codes;
        private final ConsentTexts texts;
        private final RecipientSettings settings;

        Check(InterestCodes codes, ConsentTexts texts, RecipientSettings settings) {
            this.codes = codes;
            this.texts = texts;
            this.settings = settings;
        }

        /// The request as it can be taken; null if something was refused.
        ///
        /// @param home the region whose way of writing phone numbers is understood; null requires E.164
        @Nullable
        Valid valid(SubscriptionRequest request, @Nullable String home, Checks checks) {
            ContactPoint contact = contact(request.address(), home, checks);
            Language language = language(request.language(), "#/language", checks);
            Criteria criteria = criteria(request.criteria(), "#/criteria", checks);
            if (request.frequency() != null && !request.frequency().equals("AT_ONCE")) {
                checks.refuse("#/frequency", "unknown-code", "AT_ONCE");
            }
            String version =
                    request.consent() == null ? null : request.consent().textVersion();
            checks.require(version != null && !version.isBlank(), "#/consent/textVersion", "required");
            if (contact == null || language == null || criteria == null || version == null || checks.failed()) {
                return null;
            }
            String current = texts.current(contact.channel(), language).version();
            return checks.require(version.equals(current), "#/consent/textVersion", "unknown-code", current)
                    ? new Valid(contact, language, criteria, current)
                    : null;
        }

        private @Nullable ContactPoint contact(@Nullable Address address, @Nullable String home, Checks checks) {
            String email = address == null ? null : address.email();
            String phone = address == null ? null : address.phone();
            if (email != null && phone != null) {
                checks.refuse("#/address", "one-address");
                return null;
            }
            if (email == null && phone == null) {
                checks.refuse("#/address", "required");
                return null;
            }
            return email != null
                    ? email(email, "#/address/email", checks)
                    : phone(phone, "#/address/phone", home, checks);
        }

        private static @Nullable ContactPoint email(String typed, String pointer, Checks checks) {
            if (!checks.require(!typed.isBlank(), pointer, "required")) {
                return null;
            }
            return contact(ContactPoint.email(typed), pointer, checks);
        }

        /// A mobile number.
        @Nullable
        ContactPoint phone(@Nullable String typed, String pointer, @Nullable String home, Checks checks) {
            if (!checks.require(typed != null && !typed.isBlank(), pointer, "required")) {
                return null;
            }
            return contact(
                    ContactPoint.phone(Objects.requireNonNull(typed), home, settings.smsCountries()), pointer, checks);
        }

        private static @Nullable ContactPoint contact(ContactPoint.Parsed parsed, String pointer, Checks checks) {
            return switch (parsed) {
                case ContactPoint.Parsed.Valid valid -> valid.contactPoint();
                case ContactPoint.Parsed.Refused refused -> {
                    checks.refuse(pointer, refused.code());
                    yield null;
                }
            };
        }

        static @Nullable Language language(@Nullable String tag, String pointer, Checks checks) {
            if (!checks.require(tag != null && !tag.isBlank(), pointer, "required")) {
                return null;
            }
            Language language = Language.of(Objects.requireNonNull(tag)).orElse(null);
            checks.require(language != null, pointer, "invalid-language");
            return language;
        }

        /// The criteria somebody wishes for; null if they were refused.
        @Nullable
        Criteria criteria(@Nullable Wish wish, String pointer, Checks checks) {
            List<String> kinds = list(wish == null ? null : wish.kinds(), pointer + "/kinds", checks);
            List<String> regions = list(wish == null ? null : wish.regions(), pointer + "/regions", checks);
            List<String> topics = list(wish == null ? null : wish.topics(), pointer + "/topics", checks);
            if (kinds == null || regions == null || topics == null) {
                return null;
            }
            var criteria = new Criteria(kinds, regions, topics);
            codes.check(checks, pointer, criteria);
            return criteria;
        }

        private static @Nullable List<String> list(
                @Nullable List<@Nullable String> typed, String pointer, Checks checks) {
            if (typed == null) {
                return List.of();
            }
            if (!checks.require(typed.size() <= LONGEST_LIST, pointer, "too-many-criteria", LONGEST_LIST)
                    || !checks.require(
                            typed.stream().noneMatch(code -> code == null || code.isBlank()), pointer, "required")) {
                return null;
            }
            return typed.stream()
                    .map(Objects::requireNonNull)
                    .map(String::strip)
                    .toList();
        }
    }
}
