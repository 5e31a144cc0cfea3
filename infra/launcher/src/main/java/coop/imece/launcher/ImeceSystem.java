package coop.imece.launcher;

import coop.imece.launcher.inbox.Inbox;
import coop.imece.launcher.inbox.SmsSink;
import coop.imece.platform.servers.AtExit;
import coop.imece.platform.servers.KafkaServer;
import coop.imece.platform.servers.LocalServer;
import coop.imece.platform.servers.MongoServer;
import coop.imece.platform.servers.Topics;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The whole of İmece on one machine: the inventory of its parts, each its own process, and handles to them.
///
/// For tests and measurements:
/// ```java
/// try (var system = ImeceSystem.start(Options.forTests(folder), new Progress(System.out))) {
///     system.part("notification-service").kill();   // comes back after half a second
///     system.awaitReady();
///     system.inbox().find("dana@agudah.example", null, 1);
/// }
/// ```
/// It is ready when [#start] returns. Parts are named `MongoDB`, `Kafka`, `directory-service`, `events-service`,
/// `impact-service`, `notification-service` and `gateway`; MongoDB is none of them if it runs elsewhere. Started
/// again in the same folder it finds all data.
public final class ImeceSystem implements AutoCloseable {

    /// Who administers the network in this system.
    public static final String ADMINISTRATOR = "admin@imece.example";

    private static final Duration TIME_TO_GET_READY = Duration.ofMinutes(8);
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(45);
    private static final Duration TIME_TO_WRITE_CACHES = Duration.ofMinutes(3);

    private final Site site;
    private final Progress progress;
    private final Supervisor supervisor;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final List<Service> services = new ArrayList<>();
    private final List<AutoCloseable> servers = new ArrayList<>();
    private final Set<String> announced = new HashSet<>(Set.of("MongoDB", "Kafka"));
    private Addresses addresses = new Addresses("", "", "", 0);
    private Inbox inbox = new Inbox(Clock.systemUTC(), true, null);
    private boolean closed;

    private record Addresses(String publicUrl, String inboxUrl, String kafka, int smtp) {}

    private ImeceSystem(Site site, Progress progress) {
        this.site = site;
        this.progress = progress;
        this.supervisor = new Supervisor(progress);
    }

    /// Starts everything and returns when all of it takes requests.
    ///
    /// @throws CannotStart with one line that says why
    public static ImeceSystem start(Options options, Progress progress) {
        var system = new ImeceSystem(Site.open(options), progress);
        AtExit.close(system);
        try {
            system.build(options);
            system.awaitReady();
            return system;
        } catch (RuntimeException e) {
            system.close();
            throw e instanceof CompletionException && e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /// The inventory.
    private void build(Options options) {
        var ports = RememberedPorts.in(site.ports());
        ports.prepare(List.of(
                "mongodb",
                "kafka",
                "smtp",
                "smpp",
                "directory",
                "events",
                "impact",
                "notification",
                "gateway",
                "keys"));
        int publicPort = options.port() == 0 ? ports.of("gateway") : options.port();
        var publicUrl = "http://localhost:" + publicPort;

        // What it stands on
        var mongodb = started(() -> mongodb(ports));
        var kafka = started(() -> kafka(ports));
        var sinks = Sinks.start(options, ports);
        servers.add(sinks);
        var keys = Keys.in(site.keys());

        // The five
        var directory = service("directory-service", ports.of("directory"), options);
        var events = service("events-service", ports.of("events"), options);
        var impact = service("impact-service", ports.of("impact"), options);
        var notification = service("notification-service", ports.of("notification"), options)
                .with("IMECE_SEALING_PRIVATE_KEY", keys.sealingPrivateKey())
                .with("IMECE_SMTP_HOST", "127.0.0.1")
                .with("IMECE_SMTP_PORT", sinks.email().port())
                .with("IMECE_SMPP_HOST", "127.0.0.1")
                .with("IMECE_SMPP_PORT", sinks.sms().port())
                .with("IMECE_SMPP_SYSTEM_ID", SmsSink.SYSTEM_ID)
                .with("IMECE_SMPP_PASSWORD", SmsSink.PASSWORD)
                .with("IMECE_MAIL_FROM", "imece@imece.example");
        var gateway = service("gateway", publicPort, options)
                .with("IMECE_INTERNAL_PORT", ports.of("keys"))
                .with("IMECE_ADMIN_EMAIL", ADMINISTRATOR)
                .with("IMECE_DIRECTORY_URL", directory.url())
                .with("IMECE_EVENTS_URL", events.url())
                .with("IMECE_IMPACT_URL", impact.url())
                .with("IMECE_NOTIFICATION_URL", notification.url());

        // What all five are told
        for (var service : services) {
            service.with("IMECE_PUBLIC_URL", publicUrl)
                    .with("IMECE_GATEWAY_KEYS", "http://127.0.0.1:" + ports.of("keys") + "/internal/keys")
                    .with("IMECE_SEALING_PUBLIC_KEY", keys.sealingPublicKey())
                    .with("IMECE_ADDRESS_KEYS", keys.addressKeys(service.name()))
                    .with("IMECE_HASH_KEY", keys.hashKey(service.name()))
                    .with("IMECE_MONGODB_URI", mongodb.join().uri())
                    .with("IMECE_KAFKA", kafka.join().bootstrapServers())
                    .with(options.environment().getOrDefault(service.name(), Map.of()));
        }

        inbox = sinks.inbox();
        addresses = new Addresses(
                publicUrl,
                "http://localhost:" + sinks.page().port(),
                kafka.join().bootstrapServers(),
                sinks.email().port());
        if (!mongodb.join().isExternal()) {
            lookAfter("MongoDB", mongodb.join());
        }
        lookAfter("Kafka", kafka.join());
        Stream.of(directory, events, impact, notification, gateway).forEach(this::lookAfter);
    }

    private MongoServer mongodb(RememberedPorts ports) {
        var server = MongoServer.start(site.mongodb(), site.log("mongodb"), ports.of("mongodb"));
        keep(server);
        ports.remember("mongodb", server.port());
        progress.line(server.isExternal() ? "MongoDB found elsewhere" : "MongoDB");
        return server;
    }

    private KafkaServer kafka(RememberedPorts ports) {
        var server = KafkaServer.start(site.kafka(), site.log("kafka"), ports.of("kafka"));
        keep(server);
        ports.remember("kafka", server.port());
        progress.line("Kafka");
        var topics = Topics.ofContracts();
        topics.create(server.bootstrapServers());
        progress.line(topics.names().size() + " topics");
        return server;
    }

    private synchronized void keep(AutoCloseable server) {
        if (closed) {
            close(server);
        } else {
            AtExit.forget(server);
            servers.add(server);
        }
    }

    private static <T> CompletableFuture<T> started(Supplier<T> start) {
        var thread = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
        var result = CompletableFuture.supplyAsync(start, thread);
        thread.shutdown();
        return result;
    }

    private Service service(String name, int port, Options options) {
        var jar = options.root().resolve(name + "/target/" + name + "-1.0.0-SNAPSHOT-exec.jar");
        var application = Application.of(name, jar, options.applications());
        var service = new Service(name, application, port, site.log(name), options.trains());
        services.add(service);
        return service;
    }

    private void lookAfter(String name, LocalServer server) {
        lookAfter(new Part(name, server::restart, server::process, server::isAlive, () -> false));
    }

    private void lookAfter(Service service) {
        service.start();
        lookAfter(new Part(service.name(), service::start, service::process, service::isReady, service::isBroken));
    }

    private void lookAfter(Part part) {
        parts.put(part.name(), part);
        supervisor.lookAfter(part);
    }

    /// Waits until every part takes requests.
    ///
    /// @throws CannotStart if a part has given up, or eight minutes are over
    public void awaitReady() {
        var missing = new ArrayList<>(parts.values());
        var deadline = System.nanoTime() + TIME_TO_GET_READY.toNanos();
        while (!missing.isEmpty()) {
            for (var part : List.copyOf(missing)) {
                if (part.isGivenUp()) {
                    throw new CannotStart(part.name() + " does not start; its log: " + site.log(part.name()));
                }
                if (part.isReady()) {
                    missing.remove(part);
                    if (announced.add(part.name())) {
                        progress.line(part.name());
                    }
                }
            }
            if (System.nanoTime() > deadline) {
                throw new CannotStart(missing + " not ready after " + TIME_TO_GET_READY.toMinutes() + " minutes; logs: "
                        + site.log("…"));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted", e);
        }
    }

    /// The gateway's address, without a slash at the end.
    public URI url() {
        return URI.create(addresses.publicUrl());
    }

    public URI inboxUrl() {
        return URI.create(addresses.inboxUrl());
    }

    public Inbox inbox() {
        return inbox;
    }

    public String kafkaBootstrapServers() {
        return addresses.kafka();
    }

    /// Where the e-mail sink listens.
    public int smtpPort() {
        return addresses.smtp();
    }

    public List<Part> parts() {
        return List.copyOf(parts.values());
    }

    /// @param name for example `notification-service`
    public Part part(String name) {
        var part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException("there is no " + name + ", only " + parts.keySet());
        }
        return part;
    }

    /// Stops everything in good order: the gateway first, so that nothing new is accepted, and the broker and the
    /// database last.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        AtExit.forget(this);
        progress.line("stopping");
        supervisor.close();
        var training = services.stream().filter(Service::isInTraining).count();
        if (training > 0) {
            progress.line("writing the start-up caches of " + training
                    + " services; this happens once and makes later starts fast");
        }
        services.reversed().forEach(service -> {
            service.requestStop();
            if (service.name().equals("gateway")) {
                service.awaitSilence(TIME_TO_STOP);
            }
        });
        services.forEach(service -> awaitStop(service, training > 0));
        servers.reversed().forEach(this::close);
        site.close();
        progress.line("stopped");
    }

    private void close(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            progress.line(server + " did not stop in good order: " + e.getMessage());
        }
    }

    private static void awaitStop(Service service, boolean training) {
        service.awaitStop(training ? TIME_TO_WRITE_CACHES : TIME_TO_STOP);
    }
}
