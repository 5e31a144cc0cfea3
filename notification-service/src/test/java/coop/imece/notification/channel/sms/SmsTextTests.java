package coop.imece.notification.channel.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Vectors computed from 3GPP TS 23.038 and 23.040.
class SmsTextTests {

    @ParameterizedTest(name = "{0} x {1}: {2}, {3}")
    @CsvSource({
        "a, 160, GSM, 1",
        "a, 161, GSM, 2",
        "a, 306, GSM, 2",
        "a, 307, GSM, 3",
        "€, 80, GSM, 1",
        "€, 81, TURKISH_LOCKING, 1",
        "à, 160, GSM, 1",
        "Ç, 160, GSM, 1",
        "ş, 77, TURKISH_SINGLE, 1",
        "ş, 78, TURKISH_LOCKING, 1",
        "ş, 155, TURKISH_LOCKING, 1",
        "ş, 156, TURKISH_LOCKING, 2",
        "ş, 298, TURKISH_LOCKING, 2",
        "ş, 299, TURKISH_LOCKING, 3",
        "č, 70, UCS2, 1",
        "č, 71, UCS2, 2",
        "ש, 134, UCS2, 2",
        "ש, 135, UCS2, 3",
        "È, 70, UCS2, 1",
    })
    void countsAsThePhoneDoes(String letter, int times, SmsEncoding encoding, int segments) {
        SmsText text = SmsText.of(letter.repeat(times));
        assertThat(text.encoding()).isEqualTo(encoding);
        assertThat(text.segments()).isEqualTo(segments);
    }

    @Test
    void aFewTurkishLettersInALongTextTakeTheSingleShiftTable() {
        assertThat(SmsText.of("ş" + "a".repeat(153)).encoding()).isEqualTo(SmsEncoding.TURKISH_SINGLE);
        assertThat(SmsText.of("ş" + "a".repeat(153)).segments()).isOne();
    }

    @Test
    void takesBothTablesWhenLettersOfBothAreThere() {
        // è is only in the basic table, so the locking table cannot be; Æ likewise.
        assertThat(SmsText.of("è" + "ş".repeat(77)).encoding()).isEqualTo(SmsEncoding.TURKISH_SINGLE);
        // İ and ş by the locking table, Ş of the single table costs two: the locking table alone is enough.
        assertThat(SmsText.of("İşŞ".repeat(51)).encoding()).isEqualTo(SmsEncoding.TURKISH_LOCKING);
        assertThat(SmsEncoding.TURKISH_BOTH.single()).isEqualTo(152);
        assertThat(SmsEncoding.TURKISH_BOTH.each()).isEqualTo(146);
    }

    @Test
    void writesTheHeaderOfTheTableAndOfTheParts() {
        var one = SmsText.of("ş".repeat(100)).wire(7);
        assertThat(one).hasSize(1);
        assertThat(one.getFirst().octets()).startsWith(3, 0x25, 1, 1, 0x1D);
        assertThat(one.getFirst().withHeader()).isTrue();
        var two = SmsText.of("ş".repeat(200)).wire(7);
        assertThat(two.get(0).octets())
                .startsWith(8, 0, 3, 7, 2, 1, 0x25, 1, 1, 0x1D)
                .hasSize(9 + 149);
        assertThat(two.get(1).octets())
                .startsWith(8, 0, 3, 7, 2, 2, 0x25, 1, 1, 0x1D)
                .hasSize(9 + 51);
        assertThat(SmsText.of("a").wire(1).getFirst().withHeader()).isFalse();
        assertThat(SmsText.of("ש".repeat(71)).wire(1).get(0).octets())
                .startsWith(5, 0, 3, 1, 2, 1)
                .hasSize(6 + 134);
    }

    @Test
    void neverCutsACharacterInTwo() {
        assertThat(SmsText.of("a".repeat(152) + "€" + "a".repeat(10))
                        .wire(1)
                        .get(0)
                        .octets())
                .hasSize(6 + 152);
        String faces = "😀".repeat(40);
        assertThat(SmsText.of(faces).segments()).isEqualTo(2);
        assertThat(SmsText.of(faces).wire(1).get(0).octets()).hasSize(6 + 132);
    }

    @Test
    void leavesRoomForTheCodeOfTheOperator() {
        assertThat(SmsText.of("a".repeat(155)).fitsOne(5)).isTrue();
        assertThat(SmsText.of("a".repeat(156)).fitsOne(5)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 23038, 20261121})
    void whatIsEncodedDecodesToTheSameText(long seed) {
        var random = new Random(seed);
        String letters = "abcABC 0123@£$éùòÇÅåΔßÄÖÑÜäöñüà^{}\\[~]|€ĞğİıŞşçèì";
        for (int round = 0; round < 300; round++) {
            String text = random.ints(random.nextInt(1, 400), 0, letters.length())
                    .mapToObj(i -> letters.substring(i, i + 1))
                    .collect(Collectors.joining());
            SmsText sms = SmsText.of(text);
            String read = sms.wire(round).stream().map(SmsTextTests::decode).collect(Collectors.joining());
            assertThat(read).as("seed %s round %s", seed, round).isEqualTo(text);
            assertThat(sms.wire(round)).allMatch(part -> part.octets().length <= 160);
        }
    }

    private static String decode(SmsText.Part part) {
        var message = new org.jsmpp.bean.DeliverSm();
        message.setShortMessage(part.octets());
        message.setDataCoding(part.dataCoding());
        message.setEsmClass((byte) (part.withHeader() ? 0x40 : 0));
        return DeliverSmListener.text(message);
    }
}
