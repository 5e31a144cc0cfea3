package coop.imece.gateway.edge;

import java.net.http.HttpClient;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The client the gateway reaches the services with.
@Configuration(proxyBeanMethods = false)
class EdgeConfiguration {

    /// By default the client offers to change to HTTP/2 with each new connection; the services do not speak it.
    @Bean
    ClientHttpRequestFactoryBuilderCustomizer<JdkClientHttpRequestFactoryBuilder> plainHttp() {
        return factory -> factory.withHttpClientCustomizer(client -> client.version(HttpClient.Version.HTTP_1_1));
    }
}
