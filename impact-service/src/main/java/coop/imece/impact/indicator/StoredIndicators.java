package coop.imece.impact.indicator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Definitions from the store, which starts with those of `indicator/definitions.json`. A version once stored is never
/// overwritten.
@Component
class StoredIndicators implements Indicators {

    private final MongoOperations mongo;
    private final JsonMapper json;
    private volatile List<Indicator> current = List.of();

    StoredIndicators(MongoOperations mongo, JsonMapper json) {
        this.mongo = mongo;
        this.json = json;
    }

    @Override
    public List<Indicator> current() {
        List<Indicator> known = current;
        if (known.isEmpty()) {
            known = load();
            current = known;
        }
        return known;
    }

    private List<Indicator> load() {
        List<Indicator> seed = seed();
        for (int place = 0; place < seed.size(); place++) {
            Indicator indicator = seed.get(place);
            try {
                mongo.insert(new Definition(indicator.code() + "/" + indicator.version(), place, indicator));
            } catch (DuplicateKeyException _) {
                // Stored by an earlier start, or by another instance at this moment.
            }
        }
        Map<String, Definition> newest = new LinkedHashMap<>();
        for (Definition stored : mongo.find(new Query(), Definition.class)) {
            newest.merge(
                    stored.indicator().code(),
                    stored,
                    (a, b) -> a.indicator().version() > b.indicator().version() ? a : b);
        }
        return newest.values().stream()
                .sorted(Comparator.comparingInt(Definition::place))
                .map(Definition::indicator)
                .toList();
    }

    private List<Indicator> seed() {
        try (InputStream file =
                Objects.requireNonNull(StoredIndicators.class.getResourceAsStream("/indicator/definitions.json"))) {
            return json.readValue(file, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param id code and version
    /// @param place where it stands in a form
    @Document("indicators")
    record Definition(@Id String id, int place, Indicator indicator) {}
}
