package coop.imece.gateway.operations;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Looks every half minute whether a receipt is due.
@Component
class ErasureSweep implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ErasureSweep.class);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Erasures erasures;
    private volatile @Nullable CountDownLatch stopping;

    ErasureSweep(Erasures erasures) {
        this.erasures = erasures;
    }

    @Override
    public void start() {
        CountDownLatch stop = new CountDownLatch(1);
        stopping = stop;
        Thread.ofVirtual().name("erasure-sweep").start(() -> sweep(stop));
    }

    private void sweep(CountDownLatch stop) {
        try {
            while (!stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    erasures.askAgain();
                } catch (RuntimeException e) {
                    LOG.warn(
                            "The erasure sweep will be tried again: {}",
                            e.getClass().getName());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        CountDownLatch stop = stopping;
        if (stop != null) {
            stop.countDown();
        }
        stopping = null;
    }

    @Override
    public boolean isRunning() {
        return stopping != null;
    }
}
