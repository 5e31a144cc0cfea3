package coop.imece.directory.organisation;

import coop.imece.platform.aggregate.DomainEvent;
import coop.imece.platform.aggregate.EventType;
import java.util.List;
import java.util.UUID;

/// What happens to an organisation.
sealed interface OrganisationEvent extends DomainEvent {

    /// It was entered in the directory.
    ///
    /// @param registeredBy the account that becomes its first representative
    @EventType("directory.organisation.registered.v1")
    record OrganisationRegistered(UUID registeredBy) implements OrganisationEvent {}

    /// Its profile was changed.
    ///
    /// @param fields the names of the changed fields
    @EventType("directory.organisation.changed.v1")
    record OrganisationChanged(List<String> fields) implements OrganisationEvent {}

    /// A reviewer confirmed that it is what it says.
    ///
    /// @param verifiedBy the reviewer's account
    @EventType("directory.organisation.verified.v1")
    record OrganisationVerified(UUID verifiedBy) implements OrganisationEvent {}
}
