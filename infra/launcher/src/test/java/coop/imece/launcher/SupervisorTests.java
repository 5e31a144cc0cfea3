package coop.imece.launcher;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coop.imece.platform.servers.ServerProcess;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SupervisorTests {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Supervisor supervisor =
            new Supervisor(new Progress(new PrintStream(out, true, StandardCharsets.UTF_8)));
    private final AtomicBoolean alive = new AtomicBoolean(true);
    private final AtomicBoolean broken = new AtomicBoolean();
    private final AtomicInteger starts = new AtomicInteger();
    private final Part part = new Part("events-service", this::start, SimpleProcess::new, alive::get, broken::get);

    @AfterEach
    void stop() {
        supervisor.close();
    }

    @Test
    void startsAgainWhatHasEndedAndSaysSo() {
        supervisor.lookAfter(part);

        part.kill();

        await().atMost(10, SECONDS).until(part::isAlive);
        assertThat(starts).hasValue(1);
        assertThat(part.deaths()).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("events-service has ended; starting it again in 0.5 s");
    }

    @Test
    void leavesAloneWhatSomebodyElseLooksAfter() {
        part.restartsByItself(false);
        supervisor.lookAfter(part);

        part.kill();

        await().during(Duration.ofSeconds(1)).atMost(2, SECONDS).until(() -> starts.get() == 0);
        part.start();
        assertThat(part.isAlive()).isTrue();
    }

    @Test
    void restartsWhatSaysThatOnlyARestartHelps() {
        supervisor.lookAfter(part);

        broken.set(true);

        await().atMost(20, SECONDS).until(() -> starts.get() == 1);
        assertThat(part.isAlive()).isTrue();
    }

    private void start() {
        starts.incrementAndGet();
        broken.set(false);
        alive.set(true);
    }

    private final class SimpleProcess implements ServerProcess {

        @Override
        public long pid() {
            return 1;
        }

        @Override
        public boolean isAlive() {
            return alive.get();
        }

        @Override
        public void kill() {
            alive.set(false);
        }

        @Override
        public void freeze() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void thaw() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean stop(Duration patience) {
            alive.set(false);
            return true;
        }
    }
}
