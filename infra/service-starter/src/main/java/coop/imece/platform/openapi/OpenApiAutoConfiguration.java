package coop.imece.platform.openapi;

import coop.imece.platform.security.Caller;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.MergePatch;
import coop.imece.platform.web.NewId;
import java.time.ZoneId;
import java.util.Objects;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationComponentsCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;

/// Serves the service's OpenAPI document at `/internal/openapi`; the gateway makes one of all of them.
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class OpenApiAutoConfiguration {

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Caller.class, IfMatch.class, NewId.class)
                .replaceWithClass(ZoneId.class, String.class)
                .replaceWithClass(JsonNode.class, Object.class)
                .replaceWithClass(MergePatch.class, Object.class);
    }

    @Bean
    RecordSchemas recordSchemas() {
        return new RecordSchemas();
    }

    @Bean
    GlobalOperationComponentsCustomizer describedOperations() {
        return new DescribedOperations();
    }

    @Bean
    GlobalOpenApiCustomizer sharedComponents(@Value("${spring.application.name}") String service) {
        return new SharedComponents(service);
    }

    /// Nothing of this is made before the first reader asks: a start must not wait for it. What the resource needs, but
    /// does not take as an argument, it has to be told.
    @Bean
    static BeanFactoryPostProcessor madeWhenRead() {
        return beans -> {
            for (String name : beans.getBeanDefinitionNames()) {
                BeanDefinition bean = beans.getBeanDefinition(name);
                if (Objects.requireNonNullElse(bean.getFactoryBeanName(), name).startsWith("org.springdoc")) {
                    bean.setLazyInit(true);
                }
            }
            if (beans.containsBeanDefinition("openApiResource")) {
                beans.getBeanDefinition("openApiResource").setDependsOn("modelConverterRegistrar");
            }
        };
    }
}
