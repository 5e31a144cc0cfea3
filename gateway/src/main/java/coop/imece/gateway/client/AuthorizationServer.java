package coop.imece.gateway.client;

import coop.imece.gateway.session.VisitorFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2ClientAuthenticationConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2TokenEndpointConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.web.authentication.ClientSecretBasicAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.ClientSecretPostAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ClientCredentialsAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;

/// Spring Authorization Server, cut down to what programs need: `POST /oauth2/token` for client credentials. Its
/// filters stand at this path alone; everything else is guarded by our own.
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class AuthorizationServer {

    private static final String TOKEN = VisitorFilter.TOKEN_ENDPOINT;

    /// Behind all filters of our own.
    private static final int ORDER = 0;

    @Bean
    DelegatingFilterProxyRegistrationBean authorizationServerFilter() {
        var registration = new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
        registration.addUrlPatterns(TOKEN);
        registration.setOrder(ORDER);
        return registration;
    }

    @Bean
    SecurityFilterChain authorizationServerChain(
            HttpSecurity http, KnownClients clients, ClientReading reading, AccessTokens tokens) {
        var generator = new JwtGenerator(tokens.encoder());
        generator.setJwtCustomizer(context -> {
            complete(context, tokens);
            reading.tokenIssued(UUID.fromString(context.getRegisteredClient().getClientId()));
        });
        return http.securityMatcher(TOKEN)
                .oauth2AuthorizationServer(server -> server.registeredClientRepository(clients)
                        .authorizationService(new NothingToRemember())
                        .authorizationServerSettings(AuthorizationServerSettings.builder()
                                .issuer(tokens.issuer())
                                .build())
                        .tokenGenerator(generator)
                        .clientAuthentication(client -> bySecretOnly(client, clients))
                        .tokenEndpoint(AuthorizationServer::clientCredentialsOnly))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint(AuthorizationServer::whoAreYou))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.defaultsDisabled().cacheControl(Customizer.withDefaults()))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    private static void complete(JwtEncodingContext context, AccessTokens tokens) {
        context.getJwsHeader().algorithm(AccessTokens.ALGORITHM).type(AccessTokens.TYPE);
        context.getClaims()
                .audience(List.of(tokens.audience()))
                .claim("client_id", context.getRegisteredClient().getClientId())
                .claim(AccessTokens.SECRET, secret(context))
                .claim("scope", String.join(" ", new TreeSet<>(context.getAuthorizedScopes())));
    }

    /// Which of its secrets the program has shown; the token lasts no longer than that one counts.
    private static String secret(JwtEncodingContext context) {
        Authentication client = Objects.requireNonNull(context.getPrincipal());
        String shown = Objects.requireNonNull(client.getCredentials()).toString();
        return ClientSecret.mark(new ClientSecret(shown).hash());
    }

    private static void bySecretOnly(OAuth2ClientAuthenticationConfigurer authentication, KnownClients clients) {
        authentication
                .authenticationConverters(ways -> {
                    ways.clear();
                    ways.add(new ClientSecretBasicAuthenticationConverter());
                    ways.add(new ClientSecretPostAuthenticationConverter());
                })
                .authenticationProviders(ways -> {
                    ways.removeIf(way -> !(way instanceof ClientSecretAuthenticationProvider));
                    ways.forEach(way -> ((ClientSecretAuthenticationProvider) way).setPasswordEncoder(clients));
                });
    }

    private static void clientCredentialsOnly(OAuth2TokenEndpointConfigurer endpoint) {
        endpoint.accessTokenRequestConverters(grants -> {
                    grants.clear();
                    grants.add(AuthorizationServer::asked);
                })
                .authenticationProviders(grants ->
                        grants.removeIf(grant -> !(grant instanceof OAuth2ClientCredentialsAuthenticationProvider)));
    }

    /// Who names no scope gets all of its own (RFC 6749 section 3.3).
    private static @Nullable Authentication asked(HttpServletRequest request) {
        Authentication asked = new OAuth2ClientCredentialsAuthenticationConverter().convert(request);
        return asked instanceof OAuth2ClientCredentialsAuthenticationToken grant
                        && grant.getScopes().isEmpty()
                        && grant.getPrincipal() instanceof OAuth2ClientAuthenticationToken client
                        && client.getRegisteredClient() != null
                ? new OAuth2ClientCredentialsAuthenticationToken(
                        client,
                        new LinkedHashSet<>(client.getRegisteredClient().getScopes()),
                        grant.getAdditionalParameters())
                : asked;
    }

    /// RFC 6749 section 5.2, for whoever does not say who it is.
    private static void whoAreYou(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"imece\"");
        response.setContentType("application/json");
        response.getWriter().write("{\"error\":\"invalid_client\"}");
    }
}
