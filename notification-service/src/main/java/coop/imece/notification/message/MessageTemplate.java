package coop.imece.notification.message;

import java.util.Arrays;
import java.util.Optional;

/// The messages there are words for.
enum MessageTemplate {
    SIGN_IN("sign-in"),
    SUBSCRIPTION_CONFIRMATION("subscription-confirmation"),
    FRESH_CODE("fresh-code"),
    INVITATION("invitation"),
    CLAIM("claim"),
    REPRESENTATION_ENDED("representation-ended"),
    ADDRESS_ADDED("address-added"),
    ADDRESS_REMOVED("address-removed"),
    ADDRESS_USED("address-used");

    private final String id;

    MessageTemplate(String id) {
        this.id = id;
    }

    /// As it travels, and as the keys of its texts begin.
    String id() {
        return id;
    }

    static Optional<MessageTemplate> of(String id) {
        return Arrays.stream(values())
                .filter(template -> template.id.equals(id))
                .findFirst();
    }
}
