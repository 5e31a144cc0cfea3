package coop.imece.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How to start the system.
///
/// @param root the repository
/// @param data where everything is kept between starts
/// @param applications where unpacked jars and start-up caches are kept; may be shared by several systems
/// @param port of the gateway, 0 for any free one
/// @param inboxPort of the inbox page, 0 for any free one
/// @param fresh whether to forget earlier data
/// @param demo whether to fill the network with fictitious organisations
/// @param trains whether services without a start-up cache write one when they stop; that takes some seconds each
/// @param keepsMails false for measurements: mails go into the ledger and nowhere else
/// @param ledger file that gets one line per received message, see [coop.imece.launcher.inbox.Ledger]
/// @param environment what a service gets beside or instead of the usual, by the service's name
public record Options(
        Path root,
        Path data,
        Path applications,
        int port,
        int inboxPort,
        boolean fresh,
        boolean demo,
        boolean trains,
        boolean keepsMails,
        @Nullable Path ledger,
        Map<String, Map<String, String>> environment) {

    static final String USAGE =
            "usage: infra/run [--demo] [--fresh] [--port N] [--inbox-port N] [--data DIR]; see README.md";

    private static final int PUBLIC_PORT = 8080;
    private static final int INBOX_PORT = 8025;

    public Options {
        root = root.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
        applications = applications.toAbsolutePath().normalize();
        environment = Map.copyOf(environment);
    }

    static Options parse(String... arguments) {
        var root = repository();
        Path data = root.resolve(".imece");
        int port = PUBLIC_PORT;
        int inboxPort = INBOX_PORT;
        boolean fresh = false;
        boolean demo = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--demo" -> demo = true;
                case "--fresh" -> fresh = true;
                case "--port" -> port = port(arguments, ++i);
                case "--inbox-port" -> inboxPort = port(arguments, ++i);
                case "--data" -> data = Path.of(value(arguments, ++i));
                default -> throw new CannotStart("unknown option " + arguments[i] + "; " + USAGE);
            }
        }
        return new Options(
                root, data, root.resolve(".imece/app"), port, inboxPort, fresh, demo, true, true, null, Map.of());
    }

    /// For tests: all ports free ones, jars unpacked into the build folder, nothing trained, no restatement at night.
    public static Options forTests(Path data) {
        var root = repository();
        var options = new Options(
                root, data, root.resolve("infra/launcher/target/app"), 0, 0, false, false, false, true, null, Map.of());
        // What a test counts is the same at noon and at night.
        for (String service :
                List.of("directory-service", "events-service", "impact-service", "notification-service")) {
            options = options.withEnvironment(service, "IMECE_NIGHTLY_RESTATEMENT", "false");
        }
        return options;
    }

    public Options training(boolean wanted) {
        return new Options(
                root, data, applications, port, inboxPort, fresh, demo, wanted, keepsMails, ledger, environment);
    }

    public Options withLedger(Path file, boolean keepMails) {
        return new Options(
                root, data, applications, port, inboxPort, fresh, demo, trains, keepMails, file, environment);
    }

    /// @param service for example `notification-service`
    public Options withEnvironment(String service, String name, String value) {
        var all = new HashMap<>(environment);
        var own = new HashMap<>(all.getOrDefault(service, Map.of()));
        own.put(name, value);
        all.put(service, Map.copyOf(own));
        return new Options(root, data, applications, port, inboxPort, fresh, demo, trains, keepsMails, ledger, all);
    }

    /// The folder above us that holds the services.
    private static Path repository() {
        var here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("infra/launcher"))
                    && Files.isDirectory(folder.resolve("directory-service"))) {
                return folder;
            }
        }
        throw new CannotStart("start it inside the repository: " + here + " is not");
    }

    private static int port(String[] arguments, int index) {
        var value = value(arguments, index);
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65_535) {
            throw new CannotStart(arguments[index - 1] + " needs a number from 0 to 65535, not " + value);
        }
        return Integer.parseInt(value);
    }

    private static String value(String[] arguments, int index) {
        if (index == arguments.length) {
            throw new CannotStart(arguments[index - 1] + " needs a value; " + USAGE);
        }
        return arguments[index];
    }
}
