package coop.imece.platform.inbox;

/// Names of the topics that belong to a consumer group of a topic.
final class DeadLetterTopics {

    private static final String DEAD = ".dlt";
    private static final String REPLAY = ".replay";

    private DeadLetterTopics() {}

    /// Where the group's dead letters go; a dead letter that fails again when replayed goes there, too.
    static String dead(String topic, String group) {
        return original(topic, group) + "." + group + DEAD;
    }

    /// Where an operator sends a dead letter back to this group alone.
    static String replay(String topic, String group) {
        return original(topic, group) + "." + group + REPLAY;
    }

    private static String original(String topic, String group) {
        String suffix = "." + group + REPLAY;
        return topic.endsWith(suffix) ? topic.substring(0, topic.length() - suffix.length()) : topic;
    }
}
