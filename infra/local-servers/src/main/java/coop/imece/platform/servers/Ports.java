package coop.imece.platform.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Loopback ports.
public final class Ports {

    private static final int LOWEST = 10_000;
    private static final int FIRST_EPHEMERAL = 16_000;

    private Ports() {}

    /// `count` different ports that are free now, by chance, and below those that kernels give to outgoing connections:
    /// between the look and the use nobody else takes one by accident, not even another test run.
    public static List<Integer> free(int count) {
        return ThreadLocalRandom.current()
                .ints(LOWEST, FIRST_EPHEMERAL)
                .distinct()
                .filter(Ports::isFree)
                .limit(count)
                .boxed()
                .toList();
    }

    /// Whether nobody holds the port; a port whose last connections are still closing counts as free.
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// Waits until nobody holds the port.
    ///
    /// @throws ServerUnavailable if somebody still does after that long
    static void awaitFree(int port, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (!isFree(port)) {
            if (System.nanoTime() > deadline) {
                throw new ServerUnavailable("port " + port + " is held by somebody else");
            }
            Pause.millis(50);
        }
    }

    static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
