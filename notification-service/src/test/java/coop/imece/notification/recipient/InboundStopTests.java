package coop.imece.notification.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboundStopTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RET",
                "ret",
                " Ret. ",
                "RET B001",
                "DUR",
                "İPTAL",
                "iptal",
                "IPTAL",
                "STOP",
                "stop please",
                "הסר",
                "Çıkış",
                "odjava",
                "ANNULLA"
            })
    void understandsStopInEveryLanguage(String text) {
        assertThat(InboundStop.asksToStop(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "1", "Teşekkürler", "don't stop", "Retina", "Durum nedir", "\u0000"})
    void leavesOtherWordsAlone(String text) {
        assertThat(InboundStop.asksToStop(text)).isFalse();
    }
}
