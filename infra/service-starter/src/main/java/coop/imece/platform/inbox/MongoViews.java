package coop.imece.platform.inbox;

import java.util.function.BiConsumer;
import org.springframework.data.mongodb.core.MongoOperations;

/// Views as collections of the service's own database.
final class MongoViews implements Views {

    private final MongoOperations mongo;
    private final BiConsumer<String, String> askForRestatement;

    /// @param askForRestatement is told topic and aggregate id after a gap
    MongoViews(MongoOperations mongo, BiConsumer<String, String> askForRestatement) {
        this.mongo = mongo;
        this.askForRestatement = askForRestatement;
    }

    @Override
    public <T> View<T> view(String collection, Class<T> state) {
        return new MongoView<>(mongo, collection, state, askForRestatement);
    }
}
