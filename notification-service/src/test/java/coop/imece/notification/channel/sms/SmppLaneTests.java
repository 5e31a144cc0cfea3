package coop.imece.notification.channel.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coop.imece.notification.channel.OutgoingSms;
import coop.imece.notification.channel.SendResult;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmppLaneTests {

    private static final String LONG = "Nilüfer Üretici Fuarı: şölen, çağrı, ığdır. ".repeat(6);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final ScriptedOperator operator = new ScriptedOperator();
    private final SmppLane lane = new SmppLane(
            "test",
            new SmppSettings(
                    "127.0.0.1", operator.port(), "imece", "imece", "IMECE", 5, 1000, 5, Duration.ofSeconds(3)),
            (from, text) -> heard.add(from + " " + text),
            (reference, number, fate) -> heard.add(reference + " " + number + " " + fate));

    @BeforeEach
    void bind() {
        await().until(lane::bound);
    }

    @AfterEach
    void end() {
        lane.close();
        operator.close();
    }

    @Test
    void aLongTurkishTextArrivesInPartsThatReadRight() {
        var result = (SendResult.Accepted) lane.send(sms("+905551112233", LONG));
        assertThat(String.join(
                        "",
                        operator.received.stream()
                                .map(ScriptedOperator.Received::text)
                                .toList()))
                .isEqualTo(LONG);
        assertThat(result.reference().split(",")).hasSize(operator.received.size());
        assertThat(operator.received).hasSizeGreaterThan(1).allMatch(ScriptedOperator.Received::receiptAsked);
    }

    @Test
    void asksForAReceiptOnlyIfItIsWanted() {
        lane.send(new OutgoingSms(UUID.randomUUID(), "+905551112233", "a", false));
        assertThat(operator.received).noneMatch(ScriptedOperator.Received::receiptAsked);
    }

    @Test
    void tellsRefusedFromThrottledFromUnknown() {
        assertThat(lane.send(sms("+905551112000", "a"))).isInstanceOf(SendResult.Refused.class);
        assertThat(lane.send(sms("+905551112111", "a"))).isInstanceOf(SendResult.Deferred.class);
        assertThat(lane.send(sms("not a number", "a"))).isInstanceOf(SendResult.Refused.class);
        assertThat(lane.send(sms("+905551112222", "a"))).isInstanceOf(SendResult.Unknown.class);
    }

    @Test
    void bindsAgainAfterTheSessionBroke() {
        operator.breakSessions();
        await().atMost(Duration.ofSeconds(10)).until(() -> !operator.sessions.isEmpty() && lane.bound());
        assertThat(lane.send(sms("+905551112233", "a"))).isInstanceOf(SendResult.Accepted.class);
    }

    @Test
    void bringsReceiptsAndWhatPeopleWrite() {
        lane.send(sms("+905551112233", "a"));
        operator.receipt(operator.received.getFirst(), "DELIVRD");
        operator.receipt(operator.received.getFirst(), "UNDELIV");
        operator.bring("+905551112233", "RET");
        assertThat(heard)
                .containsExactly("op-1 +905551112233 DELIVERED", "op-1 +905551112233 UNDELIVERED", "+905551112233 RET");
    }

    @Test
    void asksAgainForALaterPartThatTheOperatorCannotTakeNow() {
        assertThat(lane.send(sms("+905551112444", LONG))).isInstanceOf(SendResult.Accepted.class);
        assertThat(operator.received.stream()
                        .map(ScriptedOperator.Received::text)
                        .collect(Collectors.joining()))
                .isEqualTo(LONG);
    }

    @Test
    void whatTheOperatorTookInPartIsNeitherRefusedNorDeferred() {
        assertThat(lane.send(sms("+905551112555", LONG))).isInstanceOf(SendResult.Unknown.class);
        assertThat(lane.send(sms("+905551112666", LONG))).isInstanceOf(SendResult.Unknown.class);
    }

    private static OutgoingSms sms(String to, String text) {
        return new OutgoingSms(UUID.randomUUID(), to, text, true);
    }
}
