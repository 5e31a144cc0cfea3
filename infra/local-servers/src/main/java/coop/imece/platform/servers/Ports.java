package coop.imece.platform.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Loopback ports.
public final class Ports {

    private Ports() {}

    /// `count` different ports that the kernel has just found free.
    public static List<Integer> free(int count) {
        try (var first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ports = new ArrayList<>(List.of(first.getLocalPort()));
            if (count > 1) {
                ports.addAll(free(count - 1));
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
