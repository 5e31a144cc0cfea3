package coop.imece.gateway.edge;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/// Asks services something on the gateway's own account, as opposed to handing a request on. Each call belongs behind
/// the service's guard ([Guards]).
public final class ServiceHttp {

    private static final ExecutorService CALLS = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("service-call-", 0).factory());

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(1);

    private ServiceHttp() {}

    /// A client that waits so long for an answer; who does not take the connection within a second is away.
    public static RestClient within(Duration deadline) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(deadline.compareTo(LONGEST_CONNECT) < 0 ? deadline : LONGEST_CONNECT)
                .executor(CALLS)
                .build();
        JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(http, CALLS);
        factory.setReadTimeout(deadline);
        return RestClient.builder().requestFactory(factory).build();
    }

    /// Where calls to several services run side by side.
    public static ExecutorService sideBySide() {
        return CALLS;
    }
}
