package coop.imece.platform.seal;

import coop.imece.platform.json.PlatformJson;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/// Sealing for all, unsealing for whoever holds the private key.
@AutoConfiguration(afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
class SealAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Sealing sealing(@Value("${imece.sealing.public-key:}") String key, JsonMapper json) {
        return new JweSealing(new SealingKey("imece.sealing.public-key", key), json);
    }

    @Bean
    @ConditionalOnMissingBean
    Unsealing unsealing(@Value("${imece.sealing.private-key:}") String key, JsonMapper json) {
        return new JweUnsealing(new SealingKey("imece.sealing.private-key", key), PlatformJson.lenient(json));
    }
}
