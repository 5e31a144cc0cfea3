package coop.imece.impact.report;

import coop.imece.impact.indicator.Indicators;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ReportConfiguration {

    @Bean
    ReportRules reportRules(Indicators indicators) {
        return new ReportRules(indicators);
    }
}
