package coop.imece.notification.channel.sms;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A text as it will travel: the encoding that needs the fewest parts, and those parts. Letters are never replaced by
/// others to save money.
public final class SmsText {

    private static final int MOST_PARTS = 255;

    private final SmsEncoding encoding;
    private final String text;
    private final List<String> parts;

    private SmsText(SmsEncoding encoding, String text) {
        this.encoding = encoding;
        this.text = text;
        this.parts = encoding.parts(text);
    }

    public static SmsText of(String text) {
        SmsText best = Stream.of(SmsEncoding.values())
                .filter(encoding -> encoding.length(text) >= 0)
                .map(encoding -> new SmsText(encoding, text))
                .min(Comparator.comparingInt(SmsText::segments).thenComparing(sms -> sms.encoding))
                .orElseThrow();
        if (best.segments() > MOST_PARTS) {
            throw new IllegalArgumentException("no SMS holds a text this long");
        }
        return best;
    }

    /// How many SMS the operator will count.
    public int segments() {
        return parts.size();
    }

    /// Whether the text fits into one SMS and leaves so much room at its end, for the code some operators append.
    public boolean fitsOne(int reserve) {
        return encoding.length(text) + reserve <= encoding.single();
    }

    SmsEncoding encoding() {
        return encoding;
    }

    /// The parts as octets, each with its header if it needs one.
    ///
    /// @param reference the same for all parts of this message, another for the next message to the same phone
    List<Part> wire(int reference) {
        byte[] shifts = encoding.shiftHeader();
        List<Part> wire = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            byte[] concatenation = parts.size() == 1
                    ? new byte[0]
                    : new byte[] {0, 3, (byte) reference, (byte) parts.size(), (byte) (i + 1)};
            byte[] body = encoding.encode(parts.get(i));
            int header = concatenation.length + shifts.length;
            byte[] octets = new byte[(header == 0 ? 0 : header + 1) + body.length];
            if (header > 0) {
                octets[0] = (byte) header;
                System.arraycopy(concatenation, 0, octets, 1, concatenation.length);
                System.arraycopy(shifts, 0, octets, 1 + concatenation.length, shifts.length);
            }
            System.arraycopy(body, 0, octets, octets.length - body.length, body.length);
            wire.add(new Part(octets, header > 0, encoding.dataCoding()));
        }
        return wire;
    }

    /// One `submit_sm`.
    ///
    /// @param octets header and text
    /// @param withHeader whether they begin with a user data header
    /// @param dataCoding 0 (default alphabet, one octet for each septet) or 8 (UCS-2)
    record Part(byte[] octets, boolean withHeader, byte dataCoding) {}
}
