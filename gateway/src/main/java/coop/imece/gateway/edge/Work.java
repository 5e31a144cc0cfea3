package coop.imece.gateway.edge;

/// What a request costs us, by the kind of work it makes. What an asset takes from memory counts one; a page put
/// together from several services, or a count over all recipients, as much as twenty of those.
enum Work {
    /// Style sheet, script, mark: from the gateway's memory.
    ASSET(1),
    /// One thing by its address.
    READ(1),
    /// A list or a search.
    LIST(3),
    /// A change.
    WRITE(5),
    /// What one request makes several services, or one of them all its documents, work for.
    EXPENSIVE(20),
    /// A code or a token asked for or tried.
    SIGN_IN(10);

    private final int tokens;

    Work(int tokens) {
        this.tokens = tokens;
    }

    int tokens() {
        return tokens;
    }
}
