package coop.imece.notification.recipient;

import coop.imece.notification.channel.InboundSms;
import coop.imece.platform.text.SearchKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Stops what an SMS asks to stop, at once, and answers nothing: an answer to every word anybody sends would cost money
/// and go round in circles with machines.
///
/// Words nobody foresaw are counted, and visible as the metric `imece.sms.inbound`; neither they nor the number are
/// logged.
@Component
final class InboundStop implements InboundSms {

    private static final Logger LOG = LoggerFactory.getLogger(InboundStop.class);

    /// Folded by [SearchKey], so that case, marks and the Turkish İ and ı do not matter. Each says "stop" and nothing
    /// else in its language; "no" and "end" are left out.
    private static final Set<String> WORDS = Set.of(
            "ret",
            "dur",
            "iptal",
            "durdur",
            "cikis",
            "stop",
            "stopall",
            "unsubscribe",
            "cancel",
            "quit",
            "odjava",
            "odjavi",
            "ustavi",
            "preklic",
            "הסר",
            "הסירו",
            "הסרה",
            "עצור",
            "בטל",
            "annulla",
            "cancella",
            "cancellami",
            "basta");

    private final Withdrawal withdrawal;
    private final RecipientSettings settings;
    private final MeterRegistry metrics;

    InboundStop(Withdrawal withdrawal, RecipientSettings settings, MeterRegistry metrics) {
        this.withdrawal = withdrawal;
        this.settings = settings;
        this.metrics = metrics;
    }

    @Override
    public void received(String from, String text) {
        var number = ContactPoint.phone(from.startsWith("+") ? from : "+" + from, null, settings.smsCountries());
        String outcome = switch (number) {
            case ContactPoint.Parsed.Refused _ -> "no-subscriber-number";
            case ContactPoint.Parsed.Valid _ when !asksToStop(text) -> "unknown-word";
            case ContactPoint.Parsed.Valid valid ->
                withdrawal.stop(valid.contactPoint(), Consent.Source.SMS) ? "stopped" : "nothing-to-stop";
        };
        metrics.counter("imece.sms.inbound", "outcome", outcome).increment();
        LOG.info("Inbound SMS: {}", outcome);
    }

    /// Whether the first word says stop: people add a number, a greeting or a full stop.
    static boolean asksToStop(String text) {
        return SearchKey.words(text).stream()
                .findFirst()
                .filter(WORDS::contains)
                .isPresent();
    }
}
