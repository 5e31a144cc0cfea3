package coop.imece.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

class WorkTableTests {

    private final WorkTable works;

    WorkTableTests() throws IOException {
        var environment = new StandardEnvironment();
        new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .forEach(environment.getPropertySources()::addLast);
        ConfigurationPropertySources.attach(environment);
        works = Binder.get(environment).bind("imece.work", WorkTable.class).get();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/assets/imece.1.css,false,ASSET",
        "GET,/,false,EXPENSIVE",
        "GET,/,true,EXPENSIVE",
        "GET,/desk,false,EXPENSIVE",
        "POST,/api/v1/reach-estimates,false,EXPENSIVE",
        "GET,/fragments/reach-estimates/reach,true,EXPENSIVE",
        "GET,/desks,false,LIST",
        "GET,/organisations,false,LIST",
        "GET,/api/v1/gatherings,false,LIST",
        "GET,/organisations/7,false,READ",
        "GET,/organisations/7,true,LIST",
        "HEAD,/api/v1/gatherings/7,false,READ",
        "GET,/sign-in,false,LIST",
        "POST,/sign-in,false,SIGN_IN",
        "POST,/api/v1/sign-in/code,false,SIGN_IN",
        "POST,/oauth2/token,false,SIGN_IN",
        "POST,/api/v1/subscriptions,false,SIGN_IN",
        "POST,/subscriptions,false,SIGN_IN",
        "GET,/subscriptions,false,LIST",
        "GET,/problems/not-found,false,EXPENSIVE",
        "PUT,/api/v1/gatherings/7,false,WRITE",
        "DELETE,/api/v1/sessions/7,false,WRITE",
        "POST,/unsubscribe/7,false,WRITE"
    })
    void aRequestTellsByMethodAndPathWhatItCosts(String method, String path, boolean query, Work work) {
        assertThat(works.of(method, path, query)).isEqualTo(work);
    }
}
