package coop.imece.platform.web;

import coop.imece.platform.text.Language;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.catalina.core.StandardHost;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.io.ResourceLoader;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import tools.jackson.databind.json.JsonMapper;

/// Problems, texts, languages, and the arguments controllers may take.
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.autoconfigure.context.MessageSourceAutoConfiguration",
            "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration",
            "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class WebAutoConfiguration {

    /// The service's own bundles come first, so that it may word a common text its own way.
    @Bean
    @ConditionalOnMissingBean(name = "messageSource")
    MessageSource messageSource(@Value("${imece.texts:}") List<String> own, ResourceLoader resources) {
        List<String> bundles = new ArrayList<>(own);
        bundles.add("imece/web/messages");
        bundles.add("imece/problem/messages");
        bundles.removeIf(bundle ->
                !resources.getResource("classpath:" + bundle + ".properties").exists());
        var texts = new ResourceBundleMessageSource();
        texts.setBasenames(bundles.toArray(String[]::new));
        texts.setDefaultEncoding("UTF-8");
        texts.setFallbackToSystemLocale(false);
        return texts;
    }

    /// The gateway sends the reader's language as the only tag; it also decides what that is.
    @Bean
    @ConditionalOnMissingBean(name = "localeResolver")
    LocaleResolver localeResolver() {
        var locales = new AcceptHeaderLocaleResolver();
        locales.setSupportedLocales(
                Arrays.stream(Language.values()).map(Language::locale).toList());
        locales.setDefaultLocale(Language.EN.locale());
        return locales;
    }

    @Bean
    @ConditionalOnMissingBean
    Problems problems(MessageSource texts) {
        return new RenderedProblems(texts);
    }

    @Bean
    ProblemTextController problemTextController(MessageSource texts) {
        return new ProblemTextController(texts);
    }

    @Bean
    ProblemWriter problemWriter(
            Problems problems, LocaleResolver locales, JsonMapper json, ObjectProvider<ProblemPages> pages) {
        return new ProblemWriter(problems, locales, json, pages);
    }

    @Bean
    @ConditionalOnMissingBean(ErrorController.class)
    ProblemErrorController problemErrorController(ProblemWriter problems) {
        return new ProblemErrorController(problems);
    }

    @Bean
    FilterRegistrationBean<OriginFilter> originFilter() {
        return ordered(new OriginFilter(), 10);
    }

    @Bean
    FilterRegistrationBean<ProblemFilter> problemFilter(
            ProblemWriter problems, @Value("${imece.largest-body:1MB}") DataSize largestBody) {
        return ordered(new ProblemFilter(problems, largestBody.toBytes()), 20);
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> containerRefusals() {
        return server -> server.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ContainerRefusals.class.getName());
            }
        });
    }

    @Bean
    IdempotentRequests idempotentRequests(
            MongoOperations mongo, Clock clock, @Value("${imece.instance}") String instance) {
        return new IdempotentRequests(mongo, clock, instance);
    }

    /// After every filter that finds out who the caller is, in a service and in the gateway: a key belongs to a caller.
    @Bean
    FilterRegistrationBean<IdempotencyFilter> idempotencyFilter(IdempotentRequests requests, ProblemWriter problems) {
        var registration = new FilterRegistrationBean<>(new IdempotencyFilter(requests, problems));
        registration.setOrder(0);
        return registration;
    }

    static <F extends jakarta.servlet.Filter> FilterRegistrationBean<F> ordered(F filter, int place) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + place);
        return registration;
    }

    @Bean
    WebMvcConfigurer platformWeb(ProblemWriter problems) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new UnknownParameters()).addPathPatterns("/api/v1/**", "/internal/**");
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new RequestArguments());
            }

            /// After a controller's own handlers, before Spring's defaults, which would call the error page.
            @Override
            public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
                resolvers.add(Math.min(1, resolvers.size()), new ProblemResolver(problems));
            }
        };
    }

    private static final class RequestArguments implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == IfMatch.class || parameter.getParameterType() == NewId.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binder) {
            var servlet = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
            return parameter.getParameterType() == IfMatch.class ? IfMatch.of(servlet) : IdempotencyKeys.newId(servlet);
        }
    }
}
