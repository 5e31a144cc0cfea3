package coop.imece.gateway.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/// A second connector, on the loopback address, for the services: the key set, and the actuator.
@Component
final class InternalConnector implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final Connector connector = new Connector("HTTP/1.1");
    private volatile int listening;

    InternalConnector(@Value("${imece.internal-port}") int port) {
        connector.setPort(port);
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            http.setAddress(InetAddress.getLoopbackAddress());
        }
    }

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        server.addAdditionalConnectors(connector);
    }

    /// Where it listens.
    int port() {
        // Asked for with each request, and Tomcat looks it up by reflection.
        if (listening <= 0) {
            listening = connector.getLocalPort();
        }
        return listening;
    }

    /// Whether the request came in here.
    boolean received(HttpServletRequest request) {
        return request.getLocalPort() == port();
    }
}
