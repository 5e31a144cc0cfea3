package coop.imece.platform.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Kills the children when this JVM dies without a chance to do it itself.
///
/// A small shell reads our pipe: the end of the pipe is the end of us, even after SIGKILL. It ignores Ctrl-C, which a
/// terminal sends to everybody at once, so that the orderly stop comes first.
final class Watchdog {

    private static final String SCRIPT = """
            trap '' INT TERM HUP
            children=
            while read -r line; do
              pid=${line#?}
              case $line in
                +*) children="$children $pid" ;;
                -*) kept=
                    for child in $children; do [ "$child" = "$pid" ] || kept="$kept $child"; done
                    children=$kept ;;
              esac
            done
            for child in $children; do kill -KILL "$child"; done 2>/dev/null
            """;

    private static final Watchdog instance = new Watchdog();

    private final Writer pipe;

    private Watchdog() {
        try {
            var process = new ProcessBuilder(inItsOwnSession(List.of("sh", "-c", SCRIPT)))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            pipe = process.outputWriter(StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void guard(Process child) {
        instance.tell("+", child.pid());
        var _ = child.onExit().thenAccept(ended -> instance.tell("-", ended.pid()));
    }

    /// Keeps a terminal's Ctrl-C away from the children; where there is no `setsid` (macOS), they get it too.
    static List<String> inItsOwnSession(List<String> command) {
        if (!SetSid.available) {
            return command;
        }
        var wrapped = new ArrayList<>(List.of("setsid"));
        wrapped.addAll(command);
        return wrapped;
    }

    private synchronized void tell(String sign, long pid) {
        try {
            pipe.write(sign + pid + "\n");
            pipe.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the watchdog of child processes is gone", e);
        }
    }

    private static final class SetSid {
        static final boolean available = Executables.onPath("setsid").isPresent();
    }
}
