package coop.imece.platform.sample;

import com.mongodb.MongoTimeoutException;
import coop.imece.platform.inbox.InvalidMessage;
import coop.imece.platform.inbox.ReceivedMessage;
import coop.imece.platform.inbox.View;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;

/// Keeps the view and writes down each `written`, as a reaction would; a text can ask for a failure.
@Component
public class NoteReactions {

    private static final Logger LOG = LoggerFactory.getLogger(NoteReactions.class);

    private final View<KnownNote> known;
    private final List<UUID> reactedTo = new CopyOnWriteArrayList<>();
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> tries = new ConcurrentHashMap<>();

    NoteReactions(View<KnownNote> known) {
        this.known = known;
    }

    void on(ReceivedMessage message) {
        String text = message.data().path("state").path("text").asString("");
        tries.merge(text, 1, Integer::sum);
        if (text.startsWith("slow poison")) {
            LOG.info("The slow poison is being swallowed");
            LockSupport.parkNanos(Duration.ofSeconds(4).toNanos());
            throw new InvalidMessage("slow poison");
        }
        if (text.startsWith("poison")) {
            throw new InvalidMessage("poison");
        }
        if (text.startsWith("defect")) {
            throw new IllegalStateException("a defect that repeats " + text);
        }
        if (text.startsWith("transient")) {
            throw new ConcurrencyFailureException("again");
        }
        if (text.startsWith("first away") && tries(text) == 1) {
            throw new MongoTimeoutException("the store is away");
        }
        if (text.startsWith("first away, then a defect")) {
            throw new IllegalStateException("a defect of its own");
        }
        if (text.startsWith("first transient, then away")) {
            switch (tries(text)) {
                case 1, 2 -> throw new ConcurrencyFailureException("again");
                case 3, 4 -> throw new MongoTimeoutException("the store is away");
                default -> throw new InvalidMessage("at last");
            }
        }
        handled.add(text);
        known.apply(message);
        if (message.type().equals("sample.note.written.v1")) {
            reactedTo.add(message.aggregateId());
        }
    }

    public List<UUID> reactedTo() {
        return reactedTo;
    }

    public List<String> handled() {
        return handled;
    }

    public int tries(String text) {
        return tries.getOrDefault(text, 0);
    }
}
