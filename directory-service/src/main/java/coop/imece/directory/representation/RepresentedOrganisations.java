package coop.imece.directory.representation;

import coop.imece.platform.text.LocalisedText;
import java.util.Optional;
import java.util.UUID;

/// What representation asks of the organisations, which in turn ask who acts for them: the package of organisations
/// implements it.
public interface RepresentedOrganisations {

    Optional<Represented> find(UUID organisation);

    /// An organisation somebody may act for.
    ///
    /// @param id its id
    /// @param name its name
    /// @param open whether everybody may know that it is there
    record Represented(UUID id, LocalisedText name, boolean open) {}
}
