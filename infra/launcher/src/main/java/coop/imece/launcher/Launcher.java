package coop.imece.launcher;

import coop.imece.launcher.demo.Demo;
import coop.imece.launcher.demo.PublicApi;
import coop.imece.platform.servers.ServerUnavailable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What `infra/run` runs: the whole system in the foreground, until Ctrl-C.
public final class Launcher {

    private Launcher() {}

    public static void main(String... arguments) throws InterruptedException {
        var progress = new Progress(System.out);
        try {
            var options = Options.parse(arguments);
            System.setProperty("imece.logs", options.data().resolve("logs").toString());
            progress.plain("İmece starts in " + shown(options.data()));
            var system = ImeceSystem.start(options, progress);
            if (options.demo()) {
                progress.line("filling the network with fictitious organisations");
                new Demo(
                                new PublicApi(system.url(), system.inboxUrl()),
                                Clock.system(ZoneId.of("Europe/Istanbul")),
                                progress::line)
                        .fill(ImeceSystem.ADMINISTRATOR);
            }
            progress.line("ready");
            progress.plain(addresses(system, options));
            new CountDownLatch(1).await();
        } catch (CannotStart | ServerUnavailable e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (RuntimeException e) {
            // A full disk, a demonstration that was refused: one line, and nothing goes on half started.
            log().error("The launcher ends", e);
            System.err.println("stopped: " + e.getMessage());
            System.exit(1);
        }
    }

    /// Not a constant: the first logger opens the log, whose place the options tell.
    private static Logger log() {
        return LoggerFactory.getLogger(Launcher.class);
    }

    private static String addresses(ImeceSystem system, Options options) {
        return """

                  Pages   %s
                  API     %s/api/v1
                  Inbox   %s   every e-mail and SMS that is sent
                  Sign in as %s; the code arrives in the inbox.
                  Logs    %s
                  Ctrl-C stops everything; the data stay for the next start.
                """.formatted(
                        system.url(),
                        system.url(),
                        system.inboxUrl(),
                        ImeceSystem.ADMINISTRATOR,
                        shown(options.data().resolve("logs")));
    }

    private static Path shown(Path folder) {
        var here = Path.of("").toAbsolutePath();
        return folder.startsWith(here) ? here.relativize(folder) : folder;
    }
}
