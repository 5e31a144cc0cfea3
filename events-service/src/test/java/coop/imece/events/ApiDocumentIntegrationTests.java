package coop.imece.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import coop.imece.platform.test.ApiDocument;
import coop.imece.platform.test.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
class ApiDocumentIntegrationTests {

    @Autowired
    MockMvc http;

    @Test
    void describesEveryOperationByTheRules() throws Exception {
        var document = ApiDocument.of(
                http.perform(get("/internal/openapi")).andReturn().getResponse().getContentAsString());
        assertThat(document.operations()).isNotEmpty();
        assertThat(document.breaches()).isEmpty();
    }
}
