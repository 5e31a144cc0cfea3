package coop.imece.directory.organisation;

import coop.imece.directory.representation.Claims;
import coop.imece.directory.representation.InvitedAddress;
import coop.imece.directory.representation.InvitedAddresses;
import coop.imece.directory.representation.Representatives;
import coop.imece.platform.security.Caller;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// How somebody claims an organisation nobody represents: by proving to read what its own contact point receives.
@Component
class OrganisationClaim {

    private final OrganisationReading reading;
    private final Representatives representatives;
    private final Claims claims;
    private final InvitedAddresses addresses;

    OrganisationClaim(
            OrganisationReading reading, Representatives representatives, Claims claims, InvitedAddresses addresses) {
        this.reading = reading;
        this.representatives = representatives;
        this.claims = claims;
        this.addresses = addresses;
    }

    /// A contact point the link can be sent to.
    ///
    /// @param number which of the profile's contact points
    /// @param masked as it may be shown
    record Way(int number, String masked, InvitedAddress.Channel channel) {}

    private record Reachable(int number, InvitedAddress address) {}

    /// How it ended.
    sealed interface Outcome {

        /// @param to the contact point, as it may be shown
        record Sent(String to) implements Outcome {}

        record Offered(List<Way> ways) implements Outcome {}

        record Refused(Problem problem) implements Outcome {}
    }

    /// Whether nobody represents it and it has a contact point of its own.
    boolean open(Organisation organisation) {
        return !representatives.represented(organisation.id())
                && !reachable(organisation).isEmpty();
    }

    /// Where the link could go.
    Outcome ways(UUID id, Caller caller) {
        return refusedOr(
                id,
                caller,
                organisation -> new Outcome.Offered(reachable(organisation).stream()
                        .map(one -> new Way(
                                one.number(),
                                one.address().masked(),
                                one.address().channel()))
                        .toList()));
    }

    /// @param number of the contact point; may be missing if there is but one
    Outcome claim(UUID id, @Nullable Integer number, Language reader, Caller caller) {
        return refusedOr(id, caller, organisation -> {
            List<Reachable> reachable = reachable(organisation);
            Optional<Reachable> chosen = number == null && reachable.size() == 1
                    ? Optional.of(reachable.getFirst())
                    : reachable.stream()
                            .filter(one -> number != null && one.number() == number)
                            .findFirst();
            UUID account = caller.account();
            if (chosen.isEmpty() || account == null) {
                return new Outcome.Refused(Problem.invalid(
                        List.of(FieldError.of("#/contactPoint", number == null ? "required" : "invalid"))));
            }
            InvitedAddress address = chosen.get().address();
            return claims.send(id, account, address, language(organisation, reader))
                    .<Outcome>map(Outcome.Refused::new)
                    .orElseGet(() -> new Outcome.Sent(address.masked()));
        });
    }

    private interface Step {
        Outcome with(Organisation organisation);
    }

    private Outcome refusedOr(UUID id, Caller caller, Step step) {
        if (!caller.signedIn()) {
            return new Outcome.Refused(Problem.notSignedIn());
        }
        Organisation organisation = reading.find(id, caller).orElse(null);
        if (organisation == null) {
            return new Outcome.Refused(Problem.notFound());
        }
        if (representatives.represented(id)) {
            return new Outcome.Refused(Problem.of(409, "already-represented"));
        }
        return reachable(organisation).isEmpty()
                ? new Outcome.Refused(Problem.of(409, "no-contact-point"))
                : step.with(organisation);
    }

    private List<Reachable> reachable(Organisation organisation) {
        List<Reachable> reachable = new ArrayList<>();
        List<ContactPoint> contacts = organisation.profile().contactPoints();
        for (int i = 0; i < contacts.size(); i++) {
            int number = i;
            address(contacts.get(i)).ifPresent(address -> reachable.add(new Reachable(number, address)));
        }
        return reachable;
    }

    private Optional<InvitedAddress> address(ContactPoint contact) {
        return switch (contact.channel()) {
            case EMAIL -> addresses.email(contact.value());
            case PHONE -> addresses.phone(contact.value(), Language.EN);
            case WEB -> Optional.empty();
        };
    }

    /// The organisation's own language, else the reader's.
    private static Language language(Organisation organisation, Language reader) {
        return organisation.profile().languages().stream()
                .flatMap(tag -> Language.of(tag).stream())
                .findFirst()
                .orElse(reader);
    }
}
