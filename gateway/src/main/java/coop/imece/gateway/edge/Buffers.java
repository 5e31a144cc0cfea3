package coop.imece.gateway.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// The memory for bodies and answers on their way: a fixed amount for all of them, taken block by block as they grow,
/// so that a slow sender holds no more than what has come.
@Component
final class Buffers {

    static final int BLOCK = 8 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Buffers.class);

    private final Semaphore free;

    Buffers(BodyLimits limits) {
        this.free = new Semaphore(Math.toIntExact(limits.memory().toBytes() / BLOCK));
    }

    /// How many bytes are free.
    long free() {
        return (long) free.availablePermits() * BLOCK;
    }

    /// Room for one request and its answer; given back by closing it.
    ///
    /// @param place of the request: its network may hold so much and no more
    Room room(NetworkShares.Place place) {
        return new Room(place);
    }

    /// What one request has taken.
    final class Room implements AutoCloseable {

        private static final String ATTRIBUTE = Room.class.getName();

        private final NetworkShares.Place place;
        private long bytes;
        private int blocks;
        private @Nullable Closeable stream;

        private Room(NetworkShares.Place place) {
            this.place = place;
        }

        void bind(HttpServletRequest request) {
            request.setAttribute(ATTRIBUTE, this);
        }

        /// Whether there is room for so many bytes more.
        boolean add(long more) {
            int wanted = Math.toIntExact((bytes + more + BLOCK - 1) / BLOCK);
            if (wanted > blocks) {
                if (!free.tryAcquire(wanted - blocks)) {
                    return false;
                }
                if (!place.add(wanted - blocks)) {
                    free.release(wanted - blocks);
                    return false;
                }
                blocks = wanted;
            }
            bytes += more;
            return true;
        }

        /// What has to be closed with the request, read or not.
        void holds(Closeable open) {
            stream = open;
        }

        @Override
        public void close() {
            free.release(blocks);
            blocks = 0;
            if (stream != null) {
                try {
                    stream.close();
                } catch (IOException e) {
                    LOG.debug("an answer could not be closed", e);
                }
            }
        }
    }

    /// The room of a request at hand.
    static @Nullable Room of(HttpServletRequest request) {
        return request.getAttribute(Room.ATTRIBUTE) instanceof Room room ? room : null;
    }
}
