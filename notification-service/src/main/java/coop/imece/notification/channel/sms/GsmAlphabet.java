package coop.imece.notification.channel.sms;

import java.util.Arrays;

/// The seven-bit alphabets of 3GPP TS 23.038: default, and the Turkish locking and single shift tables (A.3.1, A.2.1).
final class GsmAlphabet {

    private static final char ESCAPE = '\u001B';

    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private static final String TURKISH = "@£$¥€éùıòÇ\nĞğ\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001BŞşßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "İABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§çabcdefghijklmnopqrstuvwxyzäöñüà";

    private static final String EXTENSION_CHARACTERS = "\f^{}\\[~]|€";
    private static final byte[] EXTENSION_CELLS = {0x0A, 0x14, 0x28, 0x29, 0x2F, 0x3C, 0x3D, 0x3E, 0x40, 0x65};

    private static final String TURKISH_EXTENSION_CHARACTERS = EXTENSION_CHARACTERS + "ĞİŞçğış";
    private static final byte[] TURKISH_EXTENSION_CELLS = {
        0x0A, 0x14, 0x28, 0x29, 0x2F, 0x3C, 0x3D, 0x3E, 0x40, 0x65, 0x47, 0x49, 0x53, 0x63, 0x67, 0x69, 0x73
    };

    static final GsmAlphabet DEFAULT = new GsmAlphabet(BASIC, EXTENSION_CHARACTERS, EXTENSION_CELLS);
    static final GsmAlphabet SINGLE_SHIFT =
            new GsmAlphabet(BASIC, TURKISH_EXTENSION_CHARACTERS, TURKISH_EXTENSION_CELLS);
    static final GsmAlphabet LOCKING_SHIFT = new GsmAlphabet(TURKISH, EXTENSION_CHARACTERS, EXTENSION_CELLS);
    static final GsmAlphabet BOTH_SHIFTS =
            new GsmAlphabet(TURKISH, TURKISH_EXTENSION_CHARACTERS, TURKISH_EXTENSION_CELLS);

    /// Character to cell; above 0xFF behind an escape.
    private final short[] cells = new short[0x2100];

    private final String basic;
    private final char[] extension = new char[128];

    private GsmAlphabet(String basic, String extensionCharacters, byte[] extensionCells) {
        this.basic = basic;
        Arrays.fill(cells, (short) -1);
        for (int i = 0; i < extensionCells.length; i++) {
            cells[extensionCharacters.charAt(i)] = (short) (0x100 | extensionCells[i]);
            extension[extensionCells[i]] = extensionCharacters.charAt(i);
        }
        for (int i = 0; i < basic.length(); i++) {
            if (basic.charAt(i) != ESCAPE) {
                cells[basic.charAt(i)] = (short) i;
            }
        }
    }

    /// Septets the character takes: 1, 2 behind an escape, or 0 if the alphabet lacks it.
    int width(char c) {
        int cell = c < cells.length ? cells[c] : -1;
        return cell < 0 ? 0 : cell > 0xFF ? 2 : 1;
    }

    /// One octet for each septet, as SMPP carries them.
    byte[] encode(String text) {
        byte[] out = new byte[text.length() * 2];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            int cell = cells[text.charAt(i)];
            if (cell > 0xFF) {
                out[length++] = ESCAPE;
            }
            out[length++] = (byte) cell;
        }
        return Arrays.copyOf(out, length);
    }

    String decode(byte[] septets) {
        var out = new StringBuilder(septets.length);
        for (int i = 0; i < septets.length; i++) {
            int cell = septets[i] & 0x7F;
            if (cell != ESCAPE) {
                out.append(basic.charAt(cell));
            } else if (++i < septets.length) {
                int behind = septets[i] & 0x7F;
                // A phone without the table shows the cell of the basic alphabet.
                out.append(extension[behind] == 0 ? basic.charAt(behind) : extension[behind]);
            }
        }
        return out.toString();
    }
}
