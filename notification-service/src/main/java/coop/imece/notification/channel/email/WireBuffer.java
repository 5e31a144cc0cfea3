package coop.imece.notification.channel.email;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing buffer that one connection fills and writes again and again.
final class WireBuffer {

    private byte[] bytes = new byte[8192];
    private int length;

    WireBuffer put(byte[] more) {
        return put(more, 0, more.length);
    }

    WireBuffer put(byte[] more, int from, int count) {
        room(count);
        System.arraycopy(more, from, bytes, length, count);
        length += count;
        return this;
    }

    /// For text known to be ASCII, such as commands, ids and checked addresses.
    @SuppressWarnings("deprecation") // copies the low bytes without an array in between, and ASCII has no others
    WireBuffer ascii(String text) {
        room(text.length());
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
        return this;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    void flushTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
        out.flush();
        length = 0;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
