package coop.imece.gateway.front;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/// A form that succeeded is answered 303 with the path alone, whatever name the site was called by.
@Configuration(proxyBeanMethods = false)
class FrontConfiguration {

    FrontConfiguration(ThymeleafViewResolver views) {
        views.setRedirectHttp10Compatible(false);
    }

    /// What the gateway shows to everybody is sent again only if it changed; services' answers get their tags at the
    /// edge.
    @Bean
    FilterRegistrationBean<ShallowEtagHeaderFilter> ownTags() {
        var filter = new ShallowEtagHeaderFilter();
        filter.setWriteWeakETag(true);
        var registration = new FilterRegistrationBean<>(filter);
        // The empty pattern is the home page alone.
        registration.addUrlPatterns("", "/help", "/problems/*", "/robots.txt");
        return registration;
    }
}
