package coop.imece.gateway.account;

import java.util.UUID;

/// What another package of the gateway keeps of a person: its part in the export, and in the erasure.
public interface AccountHolding {

    /// The key under which the export shows it.
    String name();

    /// All of it, as a record, a list or a map that becomes JSON; no secrets.
    Object export(UUID account);

    /// Takes it away. Called once, after the account was emptied: what a kill in between leaves behind must be worth
    /// nothing without its account, and must expire.
    void erase(UUID account);
}
