package coop.imece.platform.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/// A request whose body was read already and can be read again.
final class RepeatableRequest extends HttpServletRequestWrapper {

    private final byte[] content;

    RepeatableRequest(HttpServletRequest request) throws IOException {
        super(request);
        this.content = request.getInputStream().readAllBytes();
    }

    byte[] content() {
        return content;
    }

    @Override
    public ServletInputStream getInputStream() {
        var bytes = new ByteArrayInputStream(content);
        return new ServletInputStream() {
            @Override
            public int read() {
                return bytes.read();
            }

            @Override
            public int read(byte[] target, int from, int count) {
                return bytes.read(target, from, count);
            }

            @Override
            public boolean isFinished() {
                return bytes.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new UnsupportedOperationException("read it, it is all there");
            }
        };
    }
}
