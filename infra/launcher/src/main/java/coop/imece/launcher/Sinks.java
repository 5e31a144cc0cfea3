package coop.imece.launcher;

import coop.imece.launcher.inbox.EmailSink;
import coop.imece.launcher.inbox.Inbox;
import coop.imece.launcher.inbox.InboxServer;
import coop.imece.launcher.inbox.Ledger;
import coop.imece.launcher.inbox.SmsSink;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// Where everything sent ends: mail server, SMS centre, and the page that shows both.
record Sinks(
        Inbox inbox,
        EmailSink email,
        SmsSink sms,
        InboxServer page,
        @Nullable Ledger ledger) implements AutoCloseable {

    static Sinks start(Options options, RememberedPorts ports) {
        var ledger = options.ledger() == null ? null : Ledger.open(options.ledger());
        var inbox = new Inbox(Clock.systemUTC(), options.keepsMails(), ledger);
        var email = EmailSink.start(inbox, ports.of("smtp"));
        var sms = SmsSink.start(inbox, ports.of("smpp"));
        return new Sinks(inbox, email, sms, InboxServer.start(inbox, sms, options.inboxPort()), ledger);
    }

    @Override
    public void close() {
        page.close();
        email.close();
        sms.close();
        if (ledger != null) {
            ledger.close();
        }
    }
}
