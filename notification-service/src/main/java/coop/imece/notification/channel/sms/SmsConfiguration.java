package coop.imece.notification.channel.sms;

import coop.imece.notification.channel.InboundSms;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Two sessions with the operator that share nothing.
@Configuration(proxyBeanMethods = false)
class SmsConfiguration {

    @Bean
    SmppLane broadcastSms(SmppSettings settings, InboundSms inbound, SmsReceipts receipts) {
        return new SmppLane("broadcast", settings, inbound, receipts);
    }

    @Bean
    SmppLane urgentSms(SmppSettings settings, InboundSms inbound, SmsReceipts receipts) {
        return new SmppLane("urgent", settings, inbound, receipts);
    }

    @Bean
    SmsLimits smsLimits(SmppSettings settings) {
        return new SmsLimits(settings.reserve());
    }
}
