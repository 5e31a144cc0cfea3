package coop.imece.directory.organisation;

import static org.springframework.data.mongodb.core.aggregation.Aggregation.group;
import static org.springframework.data.mongodb.core.aggregation.Aggregation.match;
import static org.springframework.data.mongodb.core.aggregation.Aggregation.newAggregation;

import coop.imece.platform.codelist.KnownCodeLists;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/// Finds organisations by MongoDB's indexes; each query it makes uses one.
@Component
class OrganisationSearch {

    private static final List<OrganisationFilter.Dimension> FACETS = List.of(
            OrganisationFilter.Dimension.TYPE,
            OrganisationFilter.Dimension.KIND,
            OrganisationFilter.Dimension.REGION,
            OrganisationFilter.Dimension.STATE);

    private final MongoOperations mongo;
    private final KnownCodeLists lists;
    private final MessageSource texts;

    OrganisationSearch(MongoOperations mongo, KnownCodeLists lists, MessageSource texts) {
        this.mongo = mongo;
        this.lists = lists;
        this.texts = texts;
    }

    /// One page of a list.
    ///
    /// @param items in the order asked for
    /// @param total how many there are in all
    /// @param more whether there is another page
    record Found(List<Organisation> items, long total, boolean more) {}

    Found find(OrganisationFilter filter) {
        Query query = pageQuery(filter);
        List<Organisation> read = mongo.find(query, Organisation.class);
        boolean more = read.size() > filter.pageSize();
        List<Organisation> items = more ? read.subList(0, filter.pageSize()) : read;
        long total = !more && filter.after() == null
                ? items.size()
                : mongo.count(new Query(filter.criteria(lists, null)), Organisation.class);
        return new Found(List.copyOf(items), total, more);
    }

    Query pageQuery(OrganisationFilter filter) {
        Criteria criteria = filter.criteria(lists, null);
        OrganisationFilter.Position after = filter.after();
        if (after != null) {
            criteria = new Criteria().andOperator(criteria, behind(after, filter.newestFirst()));
        }
        Sort sort = filter.newestFirst()
                ? Sort.by(Sort.Order.desc("asOf"), Sort.Order.asc("_id"))
                : Sort.by(Sort.Order.asc("terms.sort"), Sort.Order.asc("_id"));
        return new Query(criteria).with(sort).limit(filter.pageSize() + 1);
    }

    private static Criteria behind(OrganisationFilter.Position after, boolean newestFirst) {
        if (newestFirst) {
            Instant at = Instant.ofEpochMilli(Long.parseLong(after.key()));
            return new Criteria()
                    .orOperator(
                            Criteria.where("asOf").lt(at),
                            Criteria.where("asOf").is(at).and("_id").gt(after.id()));
        }
        return new Criteria()
                .orOperator(
                        Criteria.where("terms.sort").gt(after.key()),
                        Criteria.where("terms.sort").is(after.key()).and("_id").gt(after.id()));
    }

    /// One value of a facet.
    ///
    /// @param value what to filter by
    /// @param label what the reader sees
    /// @param count how many there are
    record FacetValue(String value, String label, long count) {}

    /// What else the list could be narrowed by; the most frequent first.
    Map<String, List<FacetValue>> facets(OrganisationFilter filter, String language) {
        Map<String, List<FacetValue>> facets = new LinkedHashMap<>();
        for (OrganisationFilter.Dimension dimension : FACETS) {
            facets.put(dimension.parameter(), facet(filter, dimension, language));
        }
        return facets;
    }

    private List<FacetValue> facet(OrganisationFilter filter, OrganisationFilter.Dimension dimension, String language) {
        return mongo
                .aggregate(
                        newAggregation(
                                Organisation.class,
                                match(filter.criteria(lists, dimension)),
                                group(dimension.field()).count().as("count")),
                        Organisation.class,
                        Counted.class)
                .getMappedResults()
                .stream()
                .<FacetValue>mapMulti((counted, out) -> {
                    String value = counted.id();
                    if (value != null) {
                        out.accept(new FacetValue(value, label(dimension, value, language), counted.count()));
                    }
                })
                .sorted(Comparator.comparingLong(FacetValue::count)
                        .reversed()
                        .thenComparing(FacetValue::label)
                        .thenComparing(FacetValue::value))
                .toList();
    }

    private record Counted(@Nullable String id, long count) {}

    /// What a reader sees for a value.
    String label(OrganisationFilter.Dimension dimension, String value, String language) {
        return switch (dimension) {
            case TYPE -> lists.label("organisation-types", value, language);
            case KIND -> lists.label("organisation-kinds", value, language);
            case REGION -> lists.label("regions", value, language);
            case SECTOR -> lists.label("sectors", value, language);
            case SDG -> lists.label("sdgs", value, language);
            case STATE -> texts.getMessage("organisation.state." + value, null, Locale.of(language));
        };
    }

    /// How many organisations there are, by type.
    Map<OrganisationType, Long> countsByType() {
        Map<OrganisationType, Long> counts = new LinkedHashMap<>();
        for (OrganisationType type : OrganisationType.values()) {
            counts.put(
                    type, mongo.count(new Query(Criteria.where("profile.type").is(type)), Organisation.class));
        }
        return counts;
    }
}
