package coop.imece.platform.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.function.Function;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongoServerIntegrationTests {

    @TempDir
    Path folder;

    @Test
    void keepsWhatItAcknowledgedWhenItIsKilledAndStartedAgain() {
        try (var server = MongoServer.start(folder)) {
            var uri = server.uri();
            write(server, "before");

            server.kill();
            assertThat(server.isAlive()).isFalse();
            server.restart();

            assertThat(server.uri()).isEqualTo(uri);
            assertThat(count(server)).isEqualTo(1);
            write(server, "after");
        }
    }

    @Test
    void findsItsDataAgainWhenItsPortWasTakenMeanwhile() throws Exception {
        int port;
        try (var server = MongoServer.start(folder)) {
            write(server, "before");
            port = server.port();
        }
        try (var somebody = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            hangUpOnEverybody(somebody);
            try (var server = MongoServer.start(folder, folder.resolve("mongod.log"), port)) {
                assertThat(server.port()).isNotEqualTo(port);
                assertThat(count(server)).isEqualTo(1);
                write(server, "after");
            }
        }
    }

    @Test
    void comesBackUnderTheAddressOthersKnowAlthoughSomebodyHeldItForAMoment() throws Exception {
        try (var server = MongoServer.start(folder)) {
            int port = server.port();
            server.kill();
            Thread restart;
            try (var somebody = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                hangUpOnEverybody(somebody);
                restart = Thread.ofVirtual().start(server::restart);
                await().until(() -> restart.getState() == Thread.State.TIMED_WAITING);
            }
            restart.join();

            assertThat(server.port()).isEqualTo(port);
            write(server, "after");
        }
    }

    @Test
    void goesOnAfterItWasFrozen() {
        try (var server = MongoServer.start(folder)) {
            server.freeze();
            server.thaw();
            write(server, "after");
        }
    }

    @Test
    void stopsEvenWhenItIsFrozen() {
        var server = MongoServer.start(folder);
        server.freeze();

        server.close();

        assertThat(server.isAlive()).isFalse();
    }

    private static void hangUpOnEverybody(ServerSocket socket) {
        Thread.ofVirtual().start(() -> {
            while (!socket.isClosed()) {
                try {
                    socket.accept().close();
                } catch (IOException e) {
                    assertThat(socket.isClosed()).isTrue();
                }
            }
        });
    }

    private static void write(MongoServer server, String text) {
        with(server, things -> things.insertOne(new Document("text", text)));
    }

    private static long count(MongoServer server) {
        return with(server, MongoCollection::countDocuments);
    }

    private static <T> T with(MongoServer server, Function<MongoCollection<Document>, T> work) {
        try (var client = MongoClients.create(server.uri())) {
            return work.apply(client.getDatabase("test")
                    .getCollection("things")
                    .withWriteConcern(WriteConcern.MAJORITY.withJournal(true)));
        }
    }
}
