package coop.imece.platform.codelist;

import coop.imece.platform.inbox.Inbox;
import coop.imece.platform.inbox.View;
import coop.imece.platform.inbox.Views;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.messaging.Message;

/// Gives the code lists to every service that binds the function `codeListEvents`.
@AutoConfiguration
@Conditional(CodeListAutoConfiguration.OnBinding.class)
class CodeListAutoConfiguration {

    @Bean
    View<KnownCodeList> knownCodeListView(Views views) {
        return views.view("known_code_lists", KnownCodeList.class);
    }

    @Bean
    KnownCodeLists knownCodeLists(View<KnownCodeList> knownCodeListView) {
        return new KnownCodeLists(new CodeListSource() {
            @Override
            public Optional<KnownCodeList> find(String name) {
                return knownCodeListView.find(KnownCodeLists.idOf(name));
            }

            @Override
            public Optional<KnownCodeList> await(String name) {
                return knownCodeListView.await(KnownCodeLists.idOf(name), list -> true);
            }
        });
    }

    /// `directory.code-list.v1`, by rule 1: the state of any type goes into the view if its sequence is higher. A
    /// message without a readable state goes to the dead letters.
    @Bean
    Consumer<Message<List<byte[]>>> codeListEvents(
            Inbox inbox, View<KnownCodeList> knownCodeListView, KnownCodeLists knownCodeLists) {
        return inbox.each(message -> {
            knownCodeListView.apply(message);
            knownCodeLists.forget(message.state(KnownCodeList.class).name());
        });
    }

    static final class OnBinding extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            String functions = context.getEnvironment().getProperty("spring.cloud.function.definition", "");
            boolean bound =
                    Arrays.stream(functions.split(";")).map(String::strip).anyMatch("codeListEvents"::equals);
            return new ConditionOutcome(bound, ConditionMessage.of("codeListEvents bound: " + bound));
        }
    }
}
