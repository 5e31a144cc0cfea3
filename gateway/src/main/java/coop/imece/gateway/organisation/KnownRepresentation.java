package coop.imece.gateway.organisation;

import java.util.UUID;

/// Who acts for whom, as directory-service said last.
///
/// @param id the representation's id
/// @param organisation for whom
/// @param account who
/// @param role in which role; roles nobody knows here are kept as text and grant nothing
/// @param state `APPOINTED`, or else it grants nothing
record KnownRepresentation(UUID id, UUID organisation, UUID account, String role, String state) {}
