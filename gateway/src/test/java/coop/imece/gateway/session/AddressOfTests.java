package coop.imece.gateway.session;

/// A public address without a context.
public final class AddressOfTests {

    private AddressOfTests() {}

    public static PublicAddress of(String url) {
        return new PublicAddress(url);
    }
}
