package coop.imece.gateway.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.CloseNowException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.classic.MinimalHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
/// answer over within one deadline.
///
/// An answer of usual size is taken over completely while the call is counted ([Guards]): so a service that breaks
/// off is away instead of half shown, a slow reader holds none of its connections, and the answer can get an entity
/// tag. Larger ones, and all when memory is short ([Buffers]), stream through.
@Component
final class ServiceExchange implements ProxyExchange, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceExchange.class);
    private static final int USUAL = 256 * 1024;
    private static final int MOST_CONNECTIONS = 1000;

    /// A connection that lay idle for so long may have been closed by the service, so it is looked at before use.
    private static final TimeValue IDLE_AND_UNCERTAIN = TimeValue.ofMilliseconds(500);

    /// Sooner than a service closes it; nobody else would notice that it has.
    private static final TimeValue LONGEST_IDLE = TimeValue.ofSeconds(15);

    /// Set by the client itself, and hop by hop in any case.
    private static final Set<String> CLIENTS = Set.of(
            "connection", "content-length", "expect", "host", "upgrade", "transfer-encoding", "keep-alive", "te");

    private final MinimalHttpClient client;
    private final Duration deadline;
    private final ScheduledThreadPoolExecutor alarms = alarms();

    ServiceExchange(
            @Value("${spring.http.clients.connect-timeout}") Duration connecting,
            @Value("${spring.http.clients.read-timeout}") Duration deadline) {
        this.deadline = deadline;
        // Neither retries nor redirects nor cookies; how many may wait for a service is said by its guard.
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(connecting))
                        .setSocketTimeout(Timeout.of(deadline))
                        .setValidateAfterInactivity(IDLE_AND_UNCERTAIN)
                        .build())
                .build();
        this.client = HttpClients.createMinimal(connections);
        var _ = alarms.scheduleWithFixedDelay(
                () -> connections.closeIdle(LONGEST_IDLE),
                LONGEST_IDLE.toSeconds(),
                LONGEST_IDLE.toSeconds(),
                TimeUnit.SECONDS);
    }

    private static ScheduledThreadPoolExecutor alarms() {
        var alarms = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("exchange-alarms").factory());
        alarms.setRemoveOnCancelPolicy(true);
        return alarms;
    }

    @Override
    public ServerResponse exchange(Request asked) {
        HttpServletRequest servlet = asked.getServerRequest().servletRequest();
        HttpUriRequestBase request = request(asked, servlet);
        ScheduledFuture<?> alarm = alarms.schedule(request::cancel, deadline.toNanos(), TimeUnit.NANOSECONDS);
        try {
            ClassicHttpResponse response =
                    client.executeOpen(RoutingSupport.determineHost(request), request, HttpClientContext.create());
            return answered(asked, response, taken(response, Buffers.of(servlet)));
        } catch (IOException e) {
            throw new ResourceAccessException("no answer", e);
        } catch (HttpException e) {
            throw new ResourceAccessException("no answer", new IOException(e));
        } finally {
            // What streams on is ended with the caller's time ([PatientServer]), for the caller may be slow.
            alarm.cancel(false);
        }
    }

    private static HttpUriRequestBase request(Request asked, HttpServletRequest servlet) {
        var request = new HttpUriRequestBase(asked.getMethod().name(), Objects.requireNonNull(asked.getUri()));
        String query = servlet.getQueryString();
        request.setPath(query == null ? servlet.getRequestURI() : servlet.getRequestURI() + "?" + query);
        if (servlet.getAttribute(BodyFilter.BODY) instanceof byte[] body) {
            request.setEntity(new ByteArrayEntity(body, null));
        }
        asked.getHeaders().forEach((name, values) -> {
            if (!CLIENTS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.addHeader(name, value));
            }
        });
        return request;
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
                byte[] block = new byte[Buffers.BLOCK];
                for (int read = next(rest, block); read >= 0; read = next(rest, block)) {
                    out.write(block, 0, read);
                }
            }
        }

        /// An answer that breaks off is cut off for the reader as well, who would take the half for the whole.
        private static int next(InputStream rest, byte[] block) throws CloseNowException {
            try {
                return rest.read(block);
            } catch (IOException e) {
                LOG.warn(
                        "A service broke off in the middle of its answer: {}",
                        e.getClass().getName());
                throw new CloseNowException("the answer broke off", e);
            }
        }
    }

    private static Answer taken(ClassicHttpResponse response, Buffers.@Nullable Room room) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            response.close();
            return new Answer(new byte[0], null);
        }
        long length = entity.getContentLength();
        if (length >= 0 && length <= USUAL) {
            // Without room it is let through all the same: it is as good as here.
            boolean _ = room != null && room.add(length);
            try (response) {
                return new Answer(EntityUtils.toByteArray(entity), null);
            }
        }
        if (room == null) {
            throw new IllegalStateException("no room was made for the request");
        }
        room.holds(response);
        InputStream body = entity.getContent();
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

    private static ServerResponse answered(Request asked, ClassicHttpResponse response, Answer answer) {
        ServerResponse answered = GatewayServerResponse.status(response.getCode())
                .build((_, out) -> {
                    answer.writeTo(out.getOutputStream());
                    return null;
                });
        HttpHeaders headers = new HttpHeaders();
        for (Header header : response.getHeaders()) {
            headers.add(header.getName(), header.getValue());
        }
        var received = new Received(HttpStatusCode.valueOf(response.getCode()), headers);
        asked.getResponseConsumers().forEach(consumer -> consumer.accept(received, answered));
        if (response.getCode() == 200 && "GET".equals(asked.getMethod().name())) {
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
        client.close(CloseMode.IMMEDIATE);
    }
}
