package coop.imece.notification.channel.email;

import coop.imece.notification.channel.EmailChannel;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Two lanes to the relay that share nothing.
@Configuration(proxyBeanMethods = false)
class EmailConfiguration {

    @Bean
    Letterhead letterhead(SmtpSettings settings) {
        return new Letterhead(settings);
    }

    @Bean
    MailLane broadcastMailLane(SmtpSettings settings, Clock clock) {
        return new MailLane("broadcast", settings.connections(), settings, clock);
    }

    @Bean
    MailLane urgentMailLane(SmtpSettings settings, Clock clock) {
        return new MailLane("urgent", settings.urgentConnections(), settings, clock);
    }

    @Bean
    EmailChannel broadcastEmail(MailLane broadcastMailLane, Letterhead letterhead) {
        return new SmtpEmailChannel(broadcastMailLane, letterhead);
    }

    @Bean
    EmailChannel urgentEmail(MailLane urgentMailLane, Letterhead letterhead) {
        return new SmtpEmailChannel(urgentMailLane, letterhead);
    }
}
