package coop.imece.gateway.client;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.stereotype.Component;

/// The programs in use, as the authorization server wants to see them. It changes none.
@Component
class KnownClients implements RegisteredClientRepository, PasswordEncoder {

    /// Between the hashes of two secrets that are good at the same time.
    private static final String AND = " ";

    private final ClientReading clients;

    KnownClients(ClientReading clients) {
        this.clients = clients;
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        try {
            return clients.inUse(UUID.fromString(clientId)).map(this::seen).orElse(null);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("programs are registered by people");
    }

    private RegisteredClient seen(ClientReading.Running running) {
        ApiClient client = running.client();
        String id = client.id().toString();
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientSecret(String.join(
                        AND,
                        running.secrets().stream().map(ApiClient.Secret::hash).toList()))
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(scopes -> scopes.addAll(Scope.values(client.scopes())))
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(AccessTokens.LIFE)
                        .build())
                .build();
    }

    @Override
    public boolean matches(@Nullable CharSequence secret, @Nullable String hashes) {
        if (secret == null || hashes == null) {
            return false;
        }
        List<String> good = Arrays.asList(hashes.split(AND));
        return good.contains(new ClientSecret(secret.toString()).hash());
    }

    @Override
    public @Nullable String encode(@Nullable CharSequence secret) {
        return secret == null ? null : new ClientSecret(secret.toString()).hash();
    }
}
