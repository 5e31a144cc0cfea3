package coop.imece.gateway.organisation;

import coop.imece.platform.text.LocalisedText;
import java.util.UUID;

/// What the gateway needs to know of an organisation.
///
/// @param id its id
/// @param name its name
public record KnownOrganisation(UUID id, LocalisedText name) {}
