package coop.imece.gateway.account;

import org.jspecify.annotations.Nullable;

/// Where something stands that [AddressVault] encrypted and that outlives a change of keys. Whoever keeps such a field
/// declares it as a bean, so that [AddressRotation] finds it.
///
/// @param collection in which documents
/// @param list the list whose elements hold the field, or null if the document itself does
/// @param field the field
/// @param purpose for what it was encrypted, or null if that is the id of its document
public record EncryptedField(
        String collection,
        @Nullable String list,
        String field,
        @Nullable String purpose) {}
