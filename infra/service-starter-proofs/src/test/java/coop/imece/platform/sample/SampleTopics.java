package coop.imece.platform.sample;

import coop.imece.platform.test.RealServers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/// The topics of the sample service, which no contract lists.
public class SampleTopics implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        create(RealServers.kafka().bootstrapServers());
    }

    public static void create(String brokers) {
        List<String> names = Stream.of(
                        Note.TOPIC,
                        Note.TOPIC + ".sample.noteEvents.dlt",
                        Note.TOPIC + ".sample.noteEvents.replay",
                        "platform.audit.v1",
                        "platform.erasure.v1",
                        "platform.erasure.commands.v1",
                        "platform.erasure.commands.v1.sample.erasureCommands.dlt",
                        "platform.erasure.commands.v1.sample.erasureCommands.replay",
                        "platform.restatement.commands.v1",
                        "platform.restatement.commands.v1.sample.restatementRequests.dlt",
                        "platform.restatement.commands.v1.sample.restatementRequests.replay")
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            Set<String> there = admin.listTopics().names().get();
            admin.createTopics(names.stream()
                            .filter(name -> !there.contains(name))
                            .map(name -> new NewTopic(name, 1, (short) 1))
                            .collect(Collectors.toList()))
                    .all()
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
