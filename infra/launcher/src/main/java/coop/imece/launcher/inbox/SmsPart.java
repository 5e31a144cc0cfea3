package coop.imece.launcher.inbox;

import java.util.Arrays;

/// One SMS of what may be a longer text.
///
/// @param reference the same for all parts of a text
/// @param total number of parts, 1 for a text that stands alone
/// @param number of this part, from 1
record SmsPart(int reference, int total, int number, String text) {

    private static final int CONCATENATION_8_BIT = 0x00;
    private static final int CONCATENATION_16_BIT = 0x08;
    private static final int SINGLE_SHIFT = 0x24;
    private static final int LOCKING_SHIFT = 0x25;

    static SmsPart read(byte[] octets, int dataCoding, boolean withHeader) {
        int reference = 0;
        int total = 1;
        int number = 1;
        int singleShift = 0;
        int lockingShift = 0;
        int end = withHeader && octets.length > 0 ? Math.min(octets.length, 1 + (octets[0] & 0xFF)) : 0;
        for (int i = 1; i + 1 < end; ) {
            int length = octets[i + 1] & 0xFF;
            int value = i + 2;
            if (value + length > end) {
                break;
            }
            if (octets[i] == CONCATENATION_8_BIT && length == 3) {
                reference = octets[value] & 0xFF;
                total = octets[value + 1] & 0xFF;
                number = octets[value + 2] & 0xFF;
            } else if (octets[i] == CONCATENATION_16_BIT && length == 4) {
                reference = ((octets[value] & 0xFF) << 8) | (octets[value + 1] & 0xFF);
                total = octets[value + 2] & 0xFF;
                number = octets[value + 3] & 0xFF;
            } else if (octets[i] == SINGLE_SHIFT && length == 1) {
                singleShift = octets[value];
            } else if (octets[i] == LOCKING_SHIFT && length == 1) {
                lockingShift = octets[value];
            }
            i = value + length;
        }
        var text =
                GsmText.decode(Arrays.copyOfRange(octets, end, octets.length), dataCoding, singleShift, lockingShift);
        return new SmsPart(reference, total, number, text);
    }
}
