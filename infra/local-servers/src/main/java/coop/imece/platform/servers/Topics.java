package coop.imece.platform.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// Creates the topics that `contracts/topics.yaml` lists, each with the dead letters and the replay topic of its
/// groups.
///
/// Topics that exist are left as they are, so it may run before every start.
public final class Topics {

    private static final Pattern DURATION = Pattern.compile("(\\d+)([dhms])");

    private final Map<String, Kind> kinds;
    private final List<Topic> topics;

    private record Kind(int partitions, Map<String, String> settings) {}

    private record Topic(String name, String kind, List<String> groups) {}

    private Topics(Map<String, Kind> kinds, List<Topic> topics) {
        this.kinds = kinds;
        this.topics = topics;
    }

    /// The one list of the system, from infra/contracts.
    public static Topics ofContracts() {
        try (var source = Topics.class.getResourceAsStream("/contracts/topics.yaml")) {
            if (source == null) {
                throw new IllegalStateException("contracts/topics.yaml is not on the class path");
            }
            return read(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Topics read(InputStream yaml) {
        Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        var kinds = new LinkedHashMap<String, Kind>();
        map(need(document, "defaults")).forEach((name, kind) -> kinds.put(name, kind(map(kind))));
        var topics = list(need(document, "topics")).stream()
                .map(Topics::map)
                .map(topic -> new Topic(
                        (String) need(topic, "name"),
                        (String) need(topic, "kind"),
                        list(topic.getOrDefault("groups", List.of())).stream()
                                .map(String.class::cast)
                                .toList()))
                .toList();
        return new Topics(kinds, topics);
    }

    /// Every name that [#create] sees to.
    public List<String> names() {
        return newTopics().stream().map(NewTopic::name).toList();
    }

    /// Creates what is missing and waits until the broker leads all of it.
    public void create(String bootstrapServers) {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) bootstrapServers))) {
            var existing = admin.listTopics().names().get();
            var missing = newTopics().stream()
                    .filter(topic -> !existing.contains(topic.name()))
                    .toList();
            for (var creation : admin.createTopics(missing).values().values()) {
                try {
                    creation.get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
            awaitLeaders(admin, missing.stream().map(NewTopic::name).collect(Collectors.toSet()));
        } catch (ExecutionException e) {
            throw new ServerUnavailable("Kafka did not create the topics: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerUnavailable("interrupted while creating topics", e);
        }
    }

    private static void awaitLeaders(Admin admin, Set<String> names) throws InterruptedException, ExecutionException {
        var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() < deadline) {
            if (admin.listTopics().names().get().containsAll(names)
                    && admin.describeTopics(names).allTopicNames().get().values().stream()
                            .flatMap(topic -> topic.partitions().stream())
                            .allMatch(partition -> partition.leader() != null)) {
                return;
            }
            Pause.millis(50);
        }
        throw new ServerUnavailable("Kafka did not lead the new topics within 30 s");
    }

    private List<NewTopic> newTopics() {
        var all = new ArrayList<NewTopic>();
        for (var topic : topics) {
            all.add(newTopic(topic.name(), topic.kind()));
            for (var group : topic.groups()) {
                all.add(newTopic(topic.name() + "." + group + ".dlt", "deadLetters"));
                all.add(newTopic(topic.name() + "." + group + ".replay", "replay"));
            }
        }
        return all;
    }

    private NewTopic newTopic(String name, String kindName) {
        var kind = kinds.get(kindName);
        if (kind == null) {
            throw new IllegalArgumentException(
                    "topics.yaml gives " + name + " the kind " + kindName + ", which has no defaults");
        }
        return new NewTopic(name, kind.partitions(), (short) 1).configs(kind.settings());
    }

    private static Kind kind(Map<String, Object> written) {
        var settings = new LinkedHashMap<String, String>();
        int partitions = 0;
        for (var entry : written.entrySet()) {
            var value = String.valueOf(entry.getValue());
            switch (entry.getKey()) {
                case "partitions" -> partitions = Integer.parseInt(value);
                case "cleanup" -> settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, value);
                case "retention" -> settings.put(TopicConfig.RETENTION_MS_CONFIG, millis(value));
                case "minCompactionLag" -> settings.put(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, millis(value));
                case "maxCompactionLag" -> settings.put(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, millis(value));
                case "deleteRetention" -> settings.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, millis(value));
                default -> throw new IllegalArgumentException("topics.yaml has an unknown setting " + entry.getKey());
            }
        }
        return new Kind(partitions, Map.copyOf(settings));
    }

    private static String millis(String duration) {
        var matcher = DURATION.matcher(duration);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("topics.yaml has a duration that is not like 7d: " + duration);
        }
        var amount = Long.parseLong(matcher.group(1));
        var unit = switch (matcher.group(2)) {
            case "d" -> Duration.ofDays(amount);
            case "h" -> Duration.ofHours(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofSeconds(amount);
        };
        return String.valueOf(unit.toMillis());
    }

    private static Object need(Map<String, Object> written, String name) {
        var value = written.get(name);
        if (value == null) {
            throw new IllegalArgumentException("topics.yaml lacks " + name + " in " + written);
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }
}
