package coop.imece.gateway.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayServerResponse;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.ServerResponse;

/// Asks a service for the very path and query the caller wrote, with the body that has come in already, and takes its
/// answer over within one deadline for all of it.
///
/// An answer of usual size is taken over completely while the call is counted ([Guards]): so a service that breaks
/// off is away instead of half shown, a slow reader holds none of its connections, and the answer can get an entity
/// tag. Larger ones, and all when memory is short ([Buffers]), stream through.
@Component
final class ServiceExchange implements ProxyExchange, DisposableBean {

    private static final int USUAL = 256 * 1024;

    /// Set by the client itself, and hop by hop in any case.
    private static final Set<String> CLIENTS = Set.of(
            "connection", "content-length", "expect", "host", "upgrade", "transfer-encoding", "keep-alive", "te");

    private final HttpClient client;
    private final Duration deadline;
    private final ScheduledThreadPoolExecutor alarms = alarms();

    ServiceExchange(
            @Value("${spring.http.clients.connect-timeout}") Duration connecting,
            @Value("${spring.http.clients.read-timeout}") Duration deadline) {
        this.deadline = deadline;
        // By default the client offers to change to HTTP/2 with each new connection; the services do not speak it.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connecting)
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    private static ScheduledThreadPoolExecutor alarms() {
        var alarms = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("answer-deadlines").factory());
        alarms.setRemoveOnCancelPolicy(true);
        return alarms;
    }

    @Override
    public ServerResponse exchange(Request asked) {
        HttpServletRequest servlet = asked.getServerRequest().servletRequest();
        long end = System.nanoTime() + deadline.toNanos();
        try {
            HttpResponse<InputStream> response = sent(request(asked, servlet), end);
            Answer answer = taken(response, Buffers.of(servlet), end);
            return answered(asked, response, answer);
        } catch (IOException e) {
            throw new ResourceAccessException("no answer", e);
        }
    }

    private static HttpRequest request(Request asked, HttpServletRequest servlet) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(asked, servlet))
                .method(
                        asked.getMethod().name(),
                        servlet.getAttribute(BodyFilter.BODY) instanceof byte[] body
                                ? BodyPublishers.ofByteArray(body)
                                : BodyPublishers.noBody());
        asked.getHeaders().forEach((name, values) -> {
            if (!CLIENTS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    /// By default the query is taken apart and put together again in another order.
    private static URI address(Request asked, HttpServletRequest servlet) {
        URI encoded = Objects.requireNonNull(asked.getUri());
        String query = servlet.getQueryString();
        try {
            return URI.create(encoded.getScheme() + "://" + encoded.getRawAuthority() + servlet.getRequestURI()
                    + (query == null ? "" : "?" + query));
        } catch (IllegalArgumentException _) {
            return encoded;
        }
    }

    private HttpResponse<InputStream> sent(HttpRequest request, long end) throws IOException {
        CompletableFuture<HttpResponse<InputStream>> coming = client.sendAsync(request, head -> {
            long length = head.headers().firstValueAsLong("Content-Length").orElse(Long.MAX_VALUE);
            return length <= USUAL || "HEAD".equals(request.method())
                    ? BodySubscribers.mapping(BodySubscribers.ofByteArray(), ByteArrayInputStream::new)
                    : BodySubscribers.ofInputStream();
        });
        try {
            return coming.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (TimeoutException e) {
            coming.cancel(true);
            var timeout = new HttpTimeoutException("no answer in time");
            timeout.initCause(e);
            throw timeout;
        } catch (InterruptedException e) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /// What has been taken over of an answer, and what has not.
    private static final class Answer {

        private final byte[] start;
        private final @Nullable InputStream rest;

        Answer(byte[] start, @Nullable InputStream rest) {
            this.start = start;
            this.rest = rest;
        }

        void writeTo(java.io.OutputStream out) throws IOException {
            out.write(start);
            if (rest != null) {
                rest.transferTo(out);
            }
        }
    }

    private Answer taken(HttpResponse<InputStream> response, Buffers.@Nullable Room room, long end) throws IOException {
        InputStream body = response.body();
        if (body instanceof ByteArrayInputStream complete) {
            // Without room it is let through all the same: it is here.
            boolean _ = room != null && room.add(complete.available());
            return new Answer(complete.readAllBytes(), null);
        }
        if (room == null) {
            throw new IllegalStateException("no room was made for the request");
        }
        ScheduledFuture<?> alarm = alarms.schedule(() -> close(body), end - System.nanoTime(), TimeUnit.NANOSECONDS);
        room.holds(() -> {
            alarm.cancel(false);
            body.close();
        });
        var start = new ByteArrayOutputStream();
        byte[] block = new byte[Buffers.BLOCK];
        while (start.size() < USUAL) {
            int read = body.read(block);
            if (read < 0) {
                return new Answer(start.toByteArray(), null);
            }
            start.write(block, 0, read);
            if (!room.add(read)) {
                break;
            }
        }
        return new Answer(start.toByteArray(), body);
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerResponse answered(Request asked, HttpResponse<InputStream> response, Answer answer) {
        ServerResponse answered = GatewayServerResponse.status(response.statusCode())
                .build((_, out) -> {
                    answer.writeTo(out.getOutputStream());
                    return null;
                });
        HttpHeaders headers = new HttpHeaders();
        response.headers().map().forEach(headers::addAll);
        var received = new Received(HttpStatusCode.valueOf(response.statusCode()), headers);
        asked.getResponseConsumers().forEach(consumer -> consumer.accept(received, answered));
        if (response.statusCode() == 200 && "GET".equals(asked.getMethod().name())) {
            EntityTags.complete(answered.headers(), answer.rest == null ? answer.start : null);
        }
        return answered;
    }

    private record Received(HttpStatusCode status, HttpHeaders headers) implements Response {

        @Override
        public HttpStatusCode getStatusCode() {
            return status;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }

    @Override
    public void destroy() {
        alarms.shutdownNow();
        client.close();
    }
}
