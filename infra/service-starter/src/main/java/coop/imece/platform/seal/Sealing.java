package coop.imece.platform.seal;

/// Seals personal data for notification-service, so that no outbox, segment, dead letter or backup holds it readable.
///
/// Compact JWE, ECDH-ES + A256GCM on X25519; the public key is `imece.sealing.public-key` (a JWK, by file or value).
public interface Sealing {

    /// The JSON of the value, sealed.
    String seal(Object value);
}
