package coop.imece.notification.channel.email;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// One connection to the relay, used by one thread.
///
/// If the relay offers PIPELINING (RFC 2920), `MAIL`, `RCPT` and `DATA` travel in one write, together with the body and
/// final dot of the mail before: one round trip for each mail instead of five. Without it every command waits for its
/// answer. `RSET` is sent only after a refusal.
final class SmtpConnection implements Closeable {

    private static final byte[] DOT = {'.', '\r', '\n'};

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final WireBuffer buffer = new WireBuffer();
    private final String from;
    private final boolean pipelining;
    private final boolean eightBit;
    private boolean resetNeeded;
    private int resetsUnanswered;
    private @Nullable String waitingRecipient;

    private SmtpConnection(Socket socket, InputStream in, String from, Set<String> offers) throws IOException {
        this.socket = socket;
        this.in = in;
        this.out = socket.getOutputStream();
        this.from = from;
        this.pipelining = offers.contains("PIPELINING");
        this.eightBit = offers.contains("8BITMIME");
    }

    static SmtpConnection open(SmtpSettings settings) throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(
                    new InetSocketAddress(settings.host(), settings.port()),
                    Math.toIntExact(settings.connectTimeout().toMillis()));
            socket.setSoTimeout(Math.toIntExact(settings.answerTimeout().toMillis()));
            var in = new BufferedInputStream(socket.getInputStream(), 2048);
            expect(SmtpReply.read(in), 220);
            Set<String> offers = hello(socket, in, settings);
            if (settings.tls() == SmtpSettings.Tls.NONE) {
                return new SmtpConnection(socket, in, settings.from(), offers);
            }
            if (!offers.contains("STARTTLS")) {
                throw new ProtocolException("the relay offers no STARTTLS");
            }
            write(socket, "STARTTLS\r\n");
            expect(SmtpReply.read(in), 220);
            SSLSocket secure = secured(socket, settings);
            // A new reader: what the relay sent before the handshake must not count after it.
            var secureIn = new BufferedInputStream(secure.getInputStream(), 2048);
            return new SmtpConnection(secure, secureIn, settings.from(), hello(secure, secureIn, settings));
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static SSLSocket secured(Socket socket, SmtpSettings settings) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var secure = (SSLSocket) factory.createSocket(socket, settings.host(), settings.port(), true);
        var parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private static Set<String> hello(Socket socket, InputStream in, SmtpSettings settings) throws IOException {
        write(socket, "EHLO " + settings.domain() + "\r\n");
        SmtpReply reply = SmtpReply.read(in);
        expect(reply, 250);
        return Arrays.stream(reply.text().split("\n"))
                .skip(1)
                .map(line -> line.strip().split(" ")[0].toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static void expect(SmtpReply reply, int code) throws ProtocolException {
        if (reply.code() != code) {
            throw new ProtocolException("the relay answered " + reply.code());
        }
    }

    private static void write(Socket socket, String command) throws IOException {
        socket.getOutputStream().write(command.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /// Opens a transaction for the recipient: with pipelining in the next [#flush], else in [#envelopeRefusal].
    void envelope(String to) {
        if (!EmailAddress.valid(to)) {
            throw new IllegalArgumentException("address not checked before it reached the connection");
        }
        if (!pipelining) {
            waitingRecipient = to;
            return;
        }
        if (resetNeeded) {
            buffer.ascii("RSET\r\n");
            resetNeeded = false;
            resetsUnanswered++;
        }
        mail();
        recipient(to);
        buffer.ascii("DATA\r\n");
    }

    private void mail() {
        buffer.ascii("MAIL FROM:<").ascii(from).ascii(eightBit ? "> BODY=8BITMIME\r\n" : ">\r\n");
    }

    private void recipient(String to) {
        buffer.ascii("RCPT TO:<").ascii(to).ascii(">\r\n");
    }

    /// Null if the relay waits for the text of the mail, else the first reply that refused.
    @Nullable
    SmtpReply envelopeRefusal() throws IOException {
        SmtpReply refusal = pipelining ? pipelinedEnvelope() : envelopeStepByStep();
        resetNeeded = refusal != null;
        return refusal;
    }

    private @Nullable SmtpReply pipelinedEnvelope() throws IOException {
        flush();
        while (resetsUnanswered > 0) {
            expect(reply(), 250);
            resetsUnanswered--;
        }
        SmtpReply mail = reply();
        if (mail.closing()) {
            return mail;
        }
        SmtpReply recipient = reply();
        if (recipient.closing()) {
            return recipient;
        }
        SmtpReply data = reply();
        if (mail.positive() && recipient.positive()) {
            return data.code() == 354 ? null : data;
        }
        if (data.code() == 354) {
            // RFC 2920, 3.1: a relay may ask for the text although it refused every recipient.
            buffer.put(DOT);
            flush();
            SmtpReply end = reply();
            if (end.closing()) {
                return end;
            }
        }
        return mail.positive() ? recipient : mail;
    }

    private @Nullable SmtpReply envelopeStepByStep() throws IOException {
        if (resetNeeded) {
            buffer.ascii("RSET\r\n");
            expect(ask(), 250);
        }
        mail();
        SmtpReply mail = ask();
        if (!mail.positive()) {
            return mail;
        }
        recipient(java.util.Objects.requireNonNull(waitingRecipient));
        SmtpReply recipient = ask();
        if (!recipient.positive()) {
            return recipient;
        }
        buffer.ascii("DATA\r\n");
        SmtpReply data = ask();
        return data.code() == 354 ? null : data;
    }

    /// Puts the text of the mail and the final dot into the buffer.
    void text(MailTemplate template, MailTemplate.Gaps gaps) {
        template.write(buffer, eightBit, gaps);
        buffer.put(DOT);
    }

    void flush() throws IOException {
        if (buffer.length() > 0) {
            buffer.flushTo(out);
        }
    }

    SmtpReply reply() throws IOException {
        return SmtpReply.read(in);
    }

    private SmtpReply ask() throws IOException {
        flush();
        return reply();
    }

    /// Takes leave without waiting for the answer.
    void quit() throws IOException {
        try (this) {
            buffer.clear();
            buffer.ascii("QUIT\r\n");
            flush();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
