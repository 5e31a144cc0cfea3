package coop.imece.bench;

import coop.imece.platform.servers.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// The bare baseline of the gateway: nginx as a proxy that keeps its connections, and, as a server beside it, the stub
/// both hand requests on to. Loopback only.
final class Nginx implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String BODY =
            "{\"id\":\"0197a1de-0000-7000-8000-000000000001\",\"name\":\"" + "imece ".repeat(300) + "\"}";

    private final Process process;
    private final int proxy;
    private final int stub;

    private Nginx(Process process, int proxy, int stub) {
        this.process = process;
        this.proxy = proxy;
        this.stub = stub;
    }

    /// Where it is, if it is.
    static Optional<Path> program() {
        return Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Nginx start(Path folder) throws IOException {
        Files.createDirectories(folder);
        int proxy = Ports.free(1).getFirst();
        int stub = Ports.free(1).getFirst();
        Path configuration = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                worker_processes auto;
                pid %1$s/pid;
                error_log %1$s/error.log;
                events { worker_connections 2048; }
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  keepalive_requests 1000000;
                  upstream stub { server 127.0.0.1:%3$d; keepalive 64; keepalive_requests 1000000; }
                  server {
                    listen 127.0.0.1:%2$d;
                    location / {
                      proxy_pass http://stub;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                    }
                  }
                  server {
                    listen 127.0.0.1:%3$d;
                    default_type application/json;
                    location / { add_header Cache-Control "max-age=0, public"; return 200 '%4$s'; }
                  }
                }
                """.formatted(folder, proxy, stub, BODY));
        Process process = new ProcessBuilder(
                        program().orElseThrow().toString(), "-c", configuration.toString(), "-p", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
        var nginx = new Nginx(process, proxy, stub);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!listens(proxy) || !listens(stub)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                nginx.close();
                throw new IllegalStateException("nginx does not start: " + folder.resolve("output.log"));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return nginx;
    }

    private static boolean listens(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    int proxy() {
        return proxy;
    }

    String stubUrl() {
        return "http://127.0.0.1:" + stub;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
