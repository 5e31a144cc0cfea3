package coop.imece.gateway.account;

import coop.imece.platform.text.Language;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.FieldError;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An address as somebody typed it: the address, or what is wrong with it.
///
/// @param address the address, if it is one
/// @param errors why it is none
public record TypedAddress(Optional<Address> address, List<FieldError> errors) {

    /// No country: only numbers in international form are understood.
    private static final String NOWHERE = "ZZ";

    /// What a program sends: exactly one of the two.
    public static TypedAddress of(@Nullable String email, @Nullable String phone) {
        Checks checks = new Checks();
        checks.require(email == null || phone == null, "#/phone", "one-address");
        checks.require(email != null || phone != null, "#/email", "required");
        Optional<Address> address = Optional.empty();
        if (!checks.failed()) {
            address = email != null ? Address.email(email) : Address.phone(String.valueOf(phone), NOWHERE);
            checks.require(
                    address.isPresent(),
                    email != null ? "#/email" : "#/phone",
                    email != null ? "invalid-email" : "invalid-phone");
        }
        return new TypedAddress(address, checks.errors());
    }

    /// What a person types into the one field of the form: a number without country is one of the country most readers
    /// of the language live in.
    public static TypedAddress of(@Nullable String typed, Language language) {
        Checks checks = new Checks();
        if (typed == null) {
            checks.refuse("#/address", "required");
            return new TypedAddress(Optional.empty(), checks.errors());
        }
        boolean email = typed.contains("@");
        Optional<Address> address = email ? Address.email(typed) : Address.phone(typed, country(language));
        checks.require(address.isPresent(), "#/address", email ? "invalid-email" : "invalid-phone");
        return new TypedAddress(address, checks.errors());
    }

    private static String country(Language language) {
        return switch (language) {
            case TR -> "TR";
            case SL -> "SI";
            case HE -> "IL";
            case IT -> "IT";
            case EN -> NOWHERE;
        };
    }
}
