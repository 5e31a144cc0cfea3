package coop.imece.gateway.front;

import org.springframework.context.annotation.Configuration;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/// A form that succeeded is answered 303 with the path alone, whatever name the site was called by.
@Configuration(proxyBeanMethods = false)
class FrontConfiguration {

    FrontConfiguration(ThymeleafViewResolver views) {
        views.setRedirectHttp10Compatible(false);
    }
}
