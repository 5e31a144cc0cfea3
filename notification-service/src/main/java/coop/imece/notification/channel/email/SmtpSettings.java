package coop.imece.notification.channel.email;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where and how mail leaves.
///
/// @param host the relay
/// @param port its port
/// @param from the sender's address; its domain names our Message-IDs
/// @param name the sender's name as people see it
/// @param connections for broadcasts
/// @param urgentConnections for codes and confirmations, never shared with broadcasts
/// @param tls whether to insist on STARTTLS before anything is sent
/// @param connectTimeout for the connection itself
/// @param answerTimeout for each answer of the relay
/// @param idle how long an unused connection is kept
@ConfigurationProperties("imece.smtp")
record SmtpSettings(
        @DefaultValue("localhost") String host,
        @DefaultValue("25") int port,
        @DefaultValue("bildirim@imece.example") String from,
        @DefaultValue("İmece") String name,
        @DefaultValue("10") int connections,
        @DefaultValue("2") int urgentConnections,
        @DefaultValue("NONE") Tls tls,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("60s") Duration answerTimeout,
        @DefaultValue("30s") Duration idle) {

    enum Tls {
        /// For a relay on the same machine only.
        NONE,
        /// The relay must offer STARTTLS and show a certificate for its name.
        STARTTLS
    }

    SmtpSettings {
        if (!EmailAddress.valid(from)) {
            throw new IllegalArgumentException("imece.smtp.from is no address");
        }
        if (connections < 1 || urgentConnections < 1) {
            throw new IllegalArgumentException("imece.smtp needs at least one connection for each lane");
        }
    }

    String domain() {
        return from.substring(from.lastIndexOf('@') + 1);
    }
}
