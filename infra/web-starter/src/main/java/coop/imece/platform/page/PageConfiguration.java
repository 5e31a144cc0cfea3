package coop.imece.platform.page;

import coop.imece.platform.web.ProblemPages;
import coop.imece.platform.web.Problems;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.thymeleaf.ITemplateEngine;

/// Shell, forms, formats, assets and problem pages for every service that has pages.
@AutoConfiguration(before = WebMvcAutoConfiguration.class)
public class PageConfiguration {

    @Bean
    Assets assets() {
        return new Assets();
    }

    @Bean
    SimpleUrlHandlerMapping assetMapping(Assets assets) {
        return new SimpleUrlHandlerMapping(Map.of("/assets/**", assets), Ordered.HIGHEST_PRECEDENCE);
    }

    @Bean
    Formats formats(MessageSource messages, ObjectProvider<Problems> problems) {
        return new Formats(messages, problems);
    }

    @Bean
    PageDialect pageDialect(
            Assets assets, Formats formats, @Value("${imece.public-url:http://localhost:8080}") String publicUrl) {
        return new PageDialect(assets, formats, publicUrl);
    }

    @Bean
    @ConditionalOnMissingBean
    ProblemPages problemPages(ITemplateEngine templates, MessageSource messages, LocaleResolver locales) {
        return new ThymeleafProblemPages(templates, messages, locales);
    }

    @Bean
    WebMvcConfigurer pageConfigurer() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new PageHeaders());
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new FormArgumentResolver());
            }
        };
    }
}
