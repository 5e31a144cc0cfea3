package coop.imece.launcher.inbox;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One SMTP conversation without its socket: bytes in, bytes out. Answers to pipelined commands leave together.
final class SmtpSession {

    static final int MAX_SIZE = 10 << 20;
    private static final int MAX_COMMAND = 4096;
    private static final Duration SLOWNESS = Duration.ofSeconds(5);
    private static final byte[] MESSAGE_ID = "message-id:".getBytes(StandardCharsets.US_ASCII);

    private final Delivery delivery;
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream(1024);
    private ByteBuffer outgoing = ByteBuffer.allocate(0);
    private byte[] input = new byte[8192];
    private int start;
    private int end;
    private boolean over;

    private @Nullable String sender;
    private final List<String> recipients = new ArrayList<>();
    private boolean inData;
    private boolean inHeader;
    private boolean tooLarge;
    private String messageId = "";
    private final ByteArrayOutputStream content = new ByteArrayOutputStream(8192);

    private @Nullable String delayedAnswer;
    private long proceedAt;

    /// Takes one accepted mail, once per recipient.
    interface Delivery {
        void receive(String from, String to, String messageId, byte[] content);
    }

    SmtpSession(Delivery delivery) {
        this.delivery = delivery;
        answer("220 localhost ESMTP the inbox of this machine");
    }

    void receive(ByteBuffer bytes) {
        if (end + bytes.remaining() > input.length) {
            compact(bytes.remaining());
        }
        int count = bytes.remaining();
        bytes.get(input, end, count);
        end += count;
    }

    private void compact(int needed) {
        int pending = end - start;
        var roomy = pending + needed > input.length ? new byte[2 * (pending + needed)] : input;
        System.arraycopy(input, start, roomy, 0, pending);
        input = roomy;
        start = 0;
        end = pending;
    }

    /// Works through what came, as far as it is complete and nobody asked to be kept waiting.
    void proceed(long now) {
        if (delayedAnswer != null) {
            if (!mayProceed(now)) {
                return;
            }
            answer(delayedAnswer);
            delayedAnswer = null;
        }
        while (!over && delayedAnswer == null) {
            int lineEnd = indexOfLineFeed();
            if (lineEnd < 0) {
                if (end - start > (inData ? MAX_SIZE : MAX_COMMAND)) {
                    answer("500 line too long");
                    over = true;
                }
                return;
            }
            int from = start;
            start = lineEnd + 1;
            if (inData) {
                data(from, lineEnd + 1);
            } else {
                int length = lineEnd > from && input[lineEnd - 1] == '\r' ? lineEnd - 1 - from : lineEnd - from;
                command(new String(input, from, length, StandardCharsets.UTF_8), now);
            }
        }
    }

    private int indexOfLineFeed() {
        for (int i = start; i < end; i++) {
            if (input[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void command(String line, long now) {
        var verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(Locale.ROOT);
        switch (verb) {
            case "EHLO" -> {
                reset();
                answer("250-localhost");
                answer("250-PIPELINING");
                answer("250-8BITMIME");
                answer("250-SMTPUTF8");
                answer("250 SIZE " + MAX_SIZE);
            }
            case "HELO" -> {
                reset();
                answer("250 localhost");
            }
            case "MAIL" -> mail(line);
            case "RCPT" -> recipient(line, now);
            case "DATA" -> {
                if (recipients.isEmpty()) {
                    answer("503 no recipient was accepted");
                } else {
                    inData = true;
                    inHeader = true;
                    answer("354 go on, end with a dot");
                }
            }
            case "RSET" -> {
                reset();
                answer("250 forgotten");
            }
            case "NOOP" -> answer("250 yes");
            case "VRFY" -> answer("252 try it");
            case "QUIT" -> {
                answer("221 goodbye");
                over = true;
            }
            default -> answer("500 unknown command");
        }
    }

    private void mail(String line) {
        var address = address(line, "FROM:");
        if (address == null) {
            answer("501 syntax: MAIL FROM:<address>");
        } else if (sender != null) {
            answer("503 one mail at a time");
        } else {
            sender = address;
            answer("250 sender accepted");
        }
    }

    private void recipient(String line, long now) {
        var address = address(line, "TO:");
        if (sender == null) {
            answer("503 MAIL comes first");
        } else if (address == null || address.indexOf('@') < 1) {
            answer("501 syntax: RCPT TO:<address>");
        } else if (address.startsWith("bounce")) {
            answer("550 5.1.1 there is no such mailbox");
        } else if (address.startsWith("later")) {
            answer("451 4.2.1 not now, try later");
        } else {
            recipients.add(address);
            if (address.startsWith("slow")) {
                delayedAnswer = "250 recipient accepted";
                proceedAt = now + SLOWNESS.toNanos();
            } else {
                answer("250 recipient accepted");
            }
        }
    }

    private static @Nullable String address(String line, String keyword) {
        int from = line.indexOf('<');
        int to = line.indexOf('>', from + 1);
        boolean right = line.length() > 5
                && line.substring(5).stripLeading().toUpperCase(Locale.ROOT).startsWith(keyword);
        return right && from > 0 && to > 0 ? line.substring(from + 1, to) : null;
    }

    private void data(int from, int to) {
        if (to - from == 3 && input[from] == '.' && input[from + 1] == '\r') {
            endOfData();
            return;
        }
        if (inHeader) {
            header(from, to);
        }
        int unstuffed = input[from] == '.' ? from + 1 : from;
        if (content.size() + to - unstuffed > MAX_SIZE) {
            tooLarge = true;
        } else if (!tooLarge) {
            content.write(input, unstuffed, to - unstuffed);
        }
    }

    private void header(int from, int to) {
        if (to - from <= 2) {
            inHeader = false;
            return;
        }
        if (to - from <= MESSAGE_ID.length) {
            return;
        }
        for (int i = 0; i < MESSAGE_ID.length; i++) {
            if ((input[from + i] | 0x20) != (MESSAGE_ID[i] | 0x20)) {
                return;
            }
        }
        messageId = new String(Arrays.copyOfRange(input, from + MESSAGE_ID.length, to), StandardCharsets.UTF_8).strip();
    }

    private void endOfData() {
        if (tooLarge) {
            answer("552 5.3.4 larger than " + MAX_SIZE + " bytes");
        } else {
            var bytes = content.toByteArray();
            for (var recipient : recipients) {
                delivery.receive(sender == null ? "" : sender, recipient, messageId, bytes);
            }
            answer("250 delivered");
        }
        reset();
    }

    private void reset() {
        sender = null;
        recipients.clear();
        inData = false;
        inHeader = false;
        tooLarge = false;
        messageId = "";
        content.reset();
    }

    private void answer(String line) {
        answers.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
        answers.write('\r');
        answers.write('\n');
    }

    boolean isWaiting() {
        return delayedAnswer != null;
    }

    boolean mayProceed(long now) {
        return now - proceedAt >= 0;
    }

    /// The conversation ends once everything has been written.
    boolean isOver() {
        return over;
    }

    /// What is still to be written; the caller takes from it.
    ByteBuffer outgoing() {
        if (!outgoing.hasRemaining() && answers.size() > 0) {
            outgoing = ByteBuffer.wrap(answers.toByteArray());
            answers.reset();
        }
        return outgoing;
    }
}
