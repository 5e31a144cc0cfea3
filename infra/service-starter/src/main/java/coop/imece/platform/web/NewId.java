package coop.imece.platform.web;

import java.util.UUID;

/// The id for what a `POST` creates; controllers take it as an argument. With an `Idempotency-Key` it is derived from
/// the key, so that a run repeated after a kill finds its own insert.
///
/// @param value the id
public record NewId(UUID value) {}
