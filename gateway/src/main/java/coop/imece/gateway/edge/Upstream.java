package coop.imece.gateway.edge;

import java.net.URI;
import java.util.Set;

/// A service behind the gateway.
///
/// @param name short name, for its breaker and in texts: `directory`
/// @param service its name, the audience of its tokens: `directory-service`
/// @param url where it listens
/// @param segments the first path segments that belong to it
public record Upstream(String name, String service, URI url, Set<String> segments) {}
