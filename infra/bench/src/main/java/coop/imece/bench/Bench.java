package coop.imece.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// All measurements, or those named: `fan-out [recipients]`, `start`, `outbox`, `messages`,
/// `gateway`, `pages`.
public final class Bench {

    private static final int RECIPIENTS = 20_000;

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        List<String> wanted = List.of(arguments);
        int recipients = wanted.stream()
                .filter(argument -> argument.matches("\\d+"))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(RECIPIENTS);
        boolean all = wanted.stream().allMatch(argument -> argument.matches("\\d+"));
        Path data = Files.createTempDirectory("imece-bench");
        if (all || wanted.contains("outbox")) {
            Outbox.run(data.resolve("outbox"));
        }
        if (all || wanted.contains("messages")) {
            MessagePath.run(data.resolve("messages"));
        }
        if (all || wanted.contains("gateway")) {
            Edge.run(data.resolve("gateway"));
        }
        if (all || wanted.contains("pages")) {
            PublicPages.run(data.resolve("pages"));
        }
        if (all || wanted.contains("start")) {
            Start.run(data.resolve("start"));
        }
        if (all || wanted.contains("fan-out")) {
            FanOut.run(data.resolve("fan-out"), recipients);
        }
    }
}
