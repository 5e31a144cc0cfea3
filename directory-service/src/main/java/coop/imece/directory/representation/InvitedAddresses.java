package coop.imece.directory.representation;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.Checks;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reads addresses as people and programs write them; SMS go to mobile phones of certain countries only.
@Component
public class InvitedAddresses {

    private static final int LONGEST = 254;
    private static final Pattern EMAIL =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+"
                    + "[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    private final InvitationSettings settings;

    InvitedAddresses(InvitationSettings settings) {
        this.settings = settings;
    }

    /// What a program sends: exactly one of the two.
    Optional<InvitedAddress> of(@Nullable String email, @Nullable String phone, Checks checks) {
        checks.require(email == null || phone == null, "#/phone", "one-address");
        checks.require(email != null || phone != null, "#/email", "required");
        if (checks.failed()) {
            return Optional.empty();
        }
        Optional<InvitedAddress> address = email != null ? email(email) : phone(String.valueOf(phone), Language.EN);
        checks.require(
                address.isPresent(),
                email != null ? "#/email" : "#/phone",
                email != null ? "invalid-email" : "invalid-phone");
        return address;
    }

    /// What a person types into the one field of the form.
    Optional<InvitedAddress> typed(String typed, Language reader, Checks checks) {
        String text = typed.strip();
        boolean email = text.contains("@");
        Optional<InvitedAddress> address = email ? email(text) : phone(text, reader);
        checks.require(!text.isEmpty(), "#/address", "required");
        checks.require(text.isEmpty() || address.isPresent(), "#/address", email ? "invalid-email" : "invalid-phone");
        return address;
    }

    /// The e-mail address, or empty if it is none.
    public Optional<InvitedAddress> email(String written) {
        String text = written.strip().toLowerCase(Locale.ROOT);
        return text.length() <= LONGEST && EMAIL.matcher(text).matches()
                ? Optional.of(new InvitedAddress(InvitedAddress.Channel.EMAIL, text))
                : Optional.empty();
    }

    /// The number of a mobile phone, or empty if we send no SMS there. A number without country is one of the country
    /// most readers of the language live in.
    public Optional<InvitedAddress> phone(String written, Language reader) {
        if (written.length() > 40) {
            return Optional.empty();
        }
        try {
            PhoneNumber number = numbers.parse(written, country(reader));
            return mobile(number) && settings.smsCountries().contains(numbers.getRegionCodeForNumber(number))
                    ? Optional.of(new InvitedAddress(
                            InvitedAddress.Channel.SMS, numbers.format(number, PhoneNumberUtil.PhoneNumberFormat.E164)))
                    : Optional.empty();
        } catch (NumberParseException _) {
            return Optional.empty();
        }
    }

    private boolean mobile(PhoneNumber number) {
        return switch (numbers.getNumberType(number)) {
            case MOBILE, FIXED_LINE_OR_MOBILE -> true;
            default -> false;
        };
    }

    private static String country(Language language) {
        return switch (language) {
            case TR -> "TR";
            case SL -> "SI";
            case HE -> "IL";
            case IT -> "IT";
            case EN -> "ZZ";
        };
    }
}
