package coop.imece.gateway.edge;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/// Listens to the world by [PatientProtocol].
@Component
final class PatientServer implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final Duration headers;
    private final Duration whole;

    PatientServer(
            @Value("${imece.edge.header-time}") Duration headers, @Value("${imece.edge.request-time}") Duration whole) {
        this.headers = headers;
        this.whole = whole;
    }

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        server.setProtocol(PatientProtocol.class.getName());
        server.addConnectorCustomizers(connector -> {
            if (connector.getProtocolHandler() instanceof PatientProtocol protocol) {
                protocol.patience(headers, whole);
            }
        });
    }
}
