package coop.imece.platform.seal;

/// Opens what [Sealing] sealed; only notification-service holds the private key.
public interface Unsealing {

    /// The value; throws [coop.imece.platform.inbox.InvalidMessage] if it was not sealed for this key.
    <T> T open(String sealed, Class<T> type);
}
