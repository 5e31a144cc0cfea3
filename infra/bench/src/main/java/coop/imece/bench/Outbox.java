package coop.imece.bench;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.servers.KafkaServer;
import coop.imece.platform.servers.MongoServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/// Saves that raise an event, until the broker has acknowledged the last, against the same saves without one.
final class Outbox {

    private static final int SAVES = 10_000;
    private static final int AT_ONCE = 8;
    private static final int PAIRS = 5;
    private static final String TEXT = "imece ".repeat(80);

    private Outbox() {}

    static void run(Path folder) throws Exception {
        Files.createDirectories(folder);
        try (var mongo = MongoServer.start(folder.resolve("mongodb"));
                var kafka = KafkaServer.start(folder.resolve("kafka"))) {
            BenchService.topics(kafka, BenchNote.TOPIC, "bench.benchEvents");
            try (var service =
                    BenchService.start(mongo, kafka, BenchNote.TOPIC, BenchService.EVENTS, "bench.benchEvents")) {
                var store = service.getBean(MongoTemplate.class);
                save(store, true);
                save(store, false);
                var pairs = new Pairs("saves with outbox and relay");
                for (int pair = 0; pair < PAIRS; pair++) {
                    pairs.add(SAVES / save(store, true), SAVES / save(store, false));
                }
                pairs.print("≥ 0.45");
            }
        }
    }

    private static double save(MongoTemplate store, boolean tell) throws Exception {
        long start = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var all = IntStream.range(0, AT_ONCE)
                    .mapToObj(_ -> threads.submit(() -> {
                        for (int i = 0; i < SAVES / AT_ONCE; i++) {
                            store.save(BenchNote.written(Ids.v7(), TEXT, tell));
                        }
                        return true;
                    }))
                    .toList();
            for (var one : all) {
                one.get();
            }
        }
        var waiting = Query.query(Criteria.where("outbox.occurredAt").gt(java.time.Instant.EPOCH));
        while (tell && store.exists(waiting, "bench_notes")) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
