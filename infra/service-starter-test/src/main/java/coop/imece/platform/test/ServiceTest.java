package coop.imece.platform.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.annotation.DirtiesContext;

/// A test of a whole service on the real database and the real broker.
///
/// Both run once for all tests of a build; each test class has a database of its own, and its consumers leave when it
/// ends. Topics are those of `contracts/topics.yaml` and are shared: choose ids at random. The service listens on a
/// free port ([org.springframework.boot.test.web.server.LocalServerPort]); `MockMvc` is there, too. Tokens:
/// [TestTokens]; messages: [TestBroker].
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "logging.structured.format.console=")
@AutoConfigureMockMvc
@DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_CLASS)
public @interface ServiceTest {}
