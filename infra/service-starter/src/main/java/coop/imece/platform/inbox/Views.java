package coop.imece.platform.inbox;

/// Makes views; each lives in its own collection.
public interface Views {

    /// @param collection for example `known_organisations`
    /// @param state the service's own record of the foreign state
    <T> View<T> view(String collection, Class<T> state);
}
