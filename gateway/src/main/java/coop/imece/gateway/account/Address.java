package coop.imece.gateway.account;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// An e-mail address or a phone number, in one spelling: two ways to write the same address are equal.
///
/// @param channel how it is reached
/// @param value the address with its domain in ASCII and everything in lower case, or the number as E.164
public record Address(Channel channel, String value) {

    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_LOCAL_PART = 64;

    /// One line, no blanks, no quoting: what mail servers of our time hand out.
    private static final Pattern LOCAL_PART =
            Pattern.compile("[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+(\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*");

    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    /// The e-mail address, or empty if it is none.
    public static Optional<Address> email(String typed) {
        String text = Normalizer.normalize(typed.strip(), Normalizer.Form.NFC);
        int at = text.lastIndexOf('@');
        if (at < 1 || at > LONGEST_LOCAL_PART || text.length() > LONGEST_EMAIL) {
            return Optional.empty();
        }
        String local = text.substring(0, at).toLowerCase(Locale.ROOT);
        String domain;
        try {
            domain = IDN.toASCII(text.substring(at + 1)).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        return LOCAL_PART.matcher(local).matches() && DOMAIN.matcher(domain).matches()
                ? Optional.of(new Address(Channel.EMAIL, local + "@" + domain))
                : Optional.empty();
    }

    /// The phone number, or empty if it is none. A number without country is read as one of the given country.
    public static Optional<Address> phone(String typed, String country) {
        if (typed.length() > 40) {
            return Optional.empty();
        }
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            var number = numbers.parse(typed, country);
            return numbers.isValidNumber(number)
                    ? Optional.of(
                            new Address(Channel.SMS, numbers.format(number, PhoneNumberUtil.PhoneNumberFormat.E164)))
                    : Optional.empty();
        } catch (NumberParseException _) {
            return Optional.empty();
        }
    }

    /// The mail domain; the number itself if it is one.
    public String domain() {
        return value.substring(value.lastIndexOf('@') + 1);
    }

    /// The country (ISO 3166-1) a number belongs to; empty for e-mail and for numbers of no country.
    public Optional<String> country() {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            return channel == Channel.SMS
                    ? Optional.ofNullable(numbers.getRegionCodeForNumber(numbers.parse(value, null)))
                    : Optional.empty();
        } catch (NumberParseException e) {
            throw new IllegalStateException("was a number when it was made", e);
        }
    }

    /// The address as it may be shown to whoever typed it: `e…@nilufer.example`, `+90…33`.
    public String masked() {
        return switch (channel) {
            case EMAIL ->
                value.substring(0, value.offsetByCodePoints(0, 1)) + "…" + value.substring(value.lastIndexOf('@'));
            case SMS -> value.substring(0, 3) + "…" + value.substring(value.length() - 2);
        };
    }

    /// Never the address itself: it would end up in logs.
    @Override
    public String toString() {
        return channel + " address";
    }
}
