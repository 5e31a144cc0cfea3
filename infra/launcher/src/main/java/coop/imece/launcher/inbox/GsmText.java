package coop.imece.launcher.inbox;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Text of an SMS as telephones read it: GSM 7-bit (3GPP TS 23.038, one octet per septet as SMPP carries it) with the
/// Turkish shift tables, or UCS-2. Written from the standard, apart from the sender's, so that the two check each
/// other.
final class GsmText {

    private static final int UCS2 = 8;
    private static final char ESCAPE = '\u001B';
    private static final int TURKISH = 1;

    private static final String DEFAULT_TABLE =
            "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                    + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String TURKISH_TABLE =
            "@£$¥€éùıòÇ\nĞğ\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001BŞşßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                    + "İABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§çabcdefghijklmnopqrstuvwxyzäöñüà";

    private static final Map<Integer, Character> EXTENSION = Map.of(
            0x0A, '\f', 0x14, '^', 0x28, '{', 0x29, '}', 0x2F, '\\', 0x3C, '[', 0x3D, '~', 0x3E, ']', 0x40, '|', 0x65,
            '€');
    private static final Map<Integer, Character> TURKISH_EXTENSION =
            Map.of(0x47, 'Ğ', 0x49, 'İ', 0x53, 'Ş', 0x63, 'ç', 0x67, 'ğ', 0x69, 'ı', 0x73, 'ş');

    private GsmText() {}

    /// @param singleShift the national language of information element 0x24, 0 if there is none
    /// @param lockingShift that of 0x25
    static String decode(byte[] octets, int dataCoding, int singleShift, int lockingShift) {
        if (dataCoding == UCS2) {
            return new String(octets, StandardCharsets.UTF_16BE);
        }
        if (dataCoding != 0) {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
        var table = lockingShift == TURKISH ? TURKISH_TABLE : DEFAULT_TABLE;
        var text = new StringBuilder(octets.length);
        boolean escaped = false;
        for (byte octet : octets) {
            int septet = octet & 0x7F;
            if (escaped) {
                text.append(shifted(septet, singleShift, table));
                escaped = false;
            } else if (table.charAt(septet) == ESCAPE) {
                escaped = true;
            } else {
                text.append(table.charAt(septet));
            }
        }
        return text.toString();
    }

    /// A telephone shows the plain character where the table of the shift has none.
    private static char shifted(int septet, int singleShift, String table) {
        var plain = EXTENSION.getOrDefault(septet, table.charAt(septet));
        return singleShift == TURKISH ? TURKISH_EXTENSION.getOrDefault(septet, plain) : plain;
    }

    /// Whether the default table, without shifts, has every character.
    static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c != ESCAPE && DEFAULT_TABLE.indexOf(c) >= 0);
    }

    static byte[] encodePlain(String text) {
        var octets = new byte[text.length()];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) DEFAULT_TABLE.indexOf(text.charAt(i));
        }
        return octets;
    }
}
