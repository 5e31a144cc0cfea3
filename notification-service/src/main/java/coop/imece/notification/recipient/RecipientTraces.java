package coop.imece.notification.recipient;

import coop.imece.platform.erasure.Traces;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Recipients, broadcasts and messages know addresses and organisations, but no account. A subscription is a consent
/// of its own, given without an account: whoever closes an account keeps it until they stop it, by the link in each
/// message or on the page of their preferences.
@Component
class RecipientTraces implements Traces {

    @Override
    public Map<String, Integer> erase(UUID account) {
        return Map.of();
    }
}
