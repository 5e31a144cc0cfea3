package coop.imece.notification.key;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.io.Resource;

/// Where the keys lie.
///
/// @param addresses a Tink AEAD keyset as JSON, readable to this service alone; new keys are added, old ones kept
/// @param hash random keys of 32 bytes as Base64, one a line: the first finds addresses and is never replaced, the last
///     signs tokens, all verify them
@ConfigurationProperties("imece.keys")
record KeySettings(Resource addresses, Resource hash) {}
