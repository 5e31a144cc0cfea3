package coop.imece.gateway.session;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// The network an address belongs to: /24, or /48 of IPv6. Whoever has one address there has many.
public final class NetworkPrefix {

    private static final int IPV4_BYTES = 3;
    private static final int IPV6_BYTES = 6;

    private NetworkPrefix() {}

    /// The prefix in hexadecimal digits; the same for all that is no address.
    public static String of(String address) {
        try {
            int zone = address.indexOf('%');
            byte[] bytes = InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone))
                    .getAddress();
            return HexFormat.of().formatHex(Arrays.copyOf(bytes, bytes.length == 4 ? IPV4_BYTES : IPV6_BYTES));
        } catch (IllegalArgumentException _) {
            return "unknown";
        }
    }
}
