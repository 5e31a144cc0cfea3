package coop.imece.notification.recipient;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import coop.imece.notification.channel.Channel;
import java.net.IDN;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An address a message can be sent to: valid, normalised, or not constructed.
///
/// @param channel how it is reached
/// @param value e-mail address with its domain in ASCII, or E.164 number
record ContactPoint(Channel channel, String value) {

    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_PHONE = 32;
    private static final Pattern LOCAL_PART =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])");
    private static final Set<PhoneNumberType> CAN_TAKE_SMS =
            Set.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);

    /// What became of a text that somebody typed.
    sealed interface Parsed {

        record Valid(ContactPoint contactPoint) implements Parsed {}

        /// @param code of the field error
        record Refused(String code) implements Parsed {}
    }

    /// An e-mail address; the domain may be written in any script, the part before the @ in ASCII only.
    static Parsed email(String typed) {
        String text = typed.strip();
        int at = text.lastIndexOf('@');
        if (at < 1 || at == text.length() - 1 || text.length() > LONGEST_EMAIL) {
            return new Parsed.Refused("invalid-email");
        }
        String local = text.substring(0, at);
        if (local.chars().anyMatch(c -> c > 0x7e)) {
            return new Parsed.Refused("email-not-ascii");
        }
        if (local.length() > LONGEST_LOCAL_PART || !LOCAL_PART.matcher(local).matches()) {
            return new Parsed.Refused("invalid-email");
        }
        String domain;
        try {
            domain = IDN.toASCII(text.substring(at + 1), IDN.USE_STD3_ASCII_RULES)
                    .toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noDomain) {
            return new Parsed.Refused("invalid-email");
        }
        if (!DOMAIN.matcher(domain).matches() || local.length() + 1 + domain.length() > LONGEST_EMAIL) {
            return new Parsed.Refused("invalid-email");
        }
        return new Parsed.Valid(new ContactPoint(Channel.EMAIL, local + "@" + domain));
    }

    /// A mobile number.
    ///
    /// @param home the region whose national way of writing is understood, or null where E.164 is required
    /// @param countries where we send SMS to: numbers elsewhere are refused, because they are the ones that cost
    static Parsed phone(String typed, @Nullable String home, Set<String> countries) {
        String text = typed.strip();
        if (text.length() > LONGEST_PHONE) {
            return new Parsed.Refused("invalid-phone");
        }
        var numbers = PhoneNumberUtil.getInstance();
        try {
            var number = numbers.parse(text, home);
            if (number.hasExtension()
                    || !numbers.isValidNumber(number)
                    || !CAN_TAKE_SMS.contains(numbers.getNumberType(number))) {
                return new Parsed.Refused("invalid-phone");
            }
            if (!countries.contains(numbers.getRegionCodeForNumber(number))) {
                return new Parsed.Refused("sms-country");
            }
            return new Parsed.Valid(new ContactPoint(Channel.SMS, numbers.format(number, PhoneNumberFormat.E164)));
        } catch (NumberParseException noNumber) {
            return new Parsed.Refused("invalid-phone");
        }
    }

    /// What identifies it: capital letters in an e-mail address make no other person of it.
    String identity() {
        return channel + ":" + value.toLowerCase(Locale.ROOT);
    }

    /// Enough to recognise one's own, not enough to learn somebody else's.
    String masked() {
        return switch (channel) {
            case EMAIL -> {
                int at = value.indexOf('@');
                yield value.charAt(0) + "•••" + value.substring(at);
            }
            case SMS -> value.substring(0, 3) + "•••" + value.substring(value.length() - 2);
        };
    }

    @Override
    public String toString() {
        return "ContactPoint[" + channel + "]";
    }
}
