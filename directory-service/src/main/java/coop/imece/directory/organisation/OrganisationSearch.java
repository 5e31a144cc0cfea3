package coop.imece.directory.organisation;

import static org.springframework.data.mongodb.core.aggregation.Aggregation.group;
import static org.springframework.data.mongodb.core.aggregation.Aggregation.match;
import static org.springframework.data.mongodb.core.aggregation.Aggregation.newAggregation;

import coop.imece.directory.representation.Representatives;
import coop.imece.platform.codelist.KnownCodeLists;
import java.text.Collator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
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

    private static final Criteria VERIFIED = Criteria.where("state").is(Organisation.State.VERIFIED);

    private final MongoOperations mongo;
    private final Representatives representatives;
    private final KnownCodeLists lists;
    private final MessageSource texts;

    OrganisationSearch(
            MongoOperations mongo, Representatives representatives, KnownCodeLists lists, MessageSource texts) {
        this.mongo = mongo;
        this.representatives = representatives;
        this.lists = lists;
        this.texts = texts;
    }

    /// One page of a list.
    ///
    /// @param items in the order asked for
    /// @param total how many there are in all
    /// @param more whether there is another page
    record Found(List<Organisation> items, long total, boolean more) {}

    /// @param all also what waits for verification, which strangers do not see
    Found find(OrganisationFilter filter, boolean all) {
        Query query = pageQuery(filter, all);
        List<Organisation> read = mongo.find(query, Organisation.class);
        boolean more = read.size() > filter.pageSize();
        List<Organisation> items = more ? read.subList(0, filter.pageSize()) : read;
        long total = !more && filter.after() == null
                ? items.size()
                : mongo.count(new Query(criteria(filter, null, all)), Organisation.class);
        return new Found(List.copyOf(items), total, more);
    }

    Query pageQuery(OrganisationFilter filter, boolean all) {
        Criteria criteria = criteria(filter, null, all);
        OrganisationFilter.Position after = filter.after();
        if (after != null) {
            criteria = new Criteria().andOperator(criteria, behind(after, filter.newestFirst()));
        }
        Sort sort = filter.newestFirst()
                ? Sort.by(Sort.Order.desc("asOf"), Sort.Order.asc("_id"))
                : Sort.by(Sort.Order.asc("terms.sort"), Sort.Order.asc("_id"));
        return new Query(criteria).with(sort).limit(filter.pageSize() + 1);
    }

    private Criteria criteria(OrganisationFilter filter, OrganisationFilter.@Nullable Dimension without, boolean all) {
        List<Criteria> criteria = new ArrayList<>(List.of(filter.criteria(lists, without)));
        if (!all) {
            criteria.addFirst(VERIFIED);
        }
        Boolean represented = filter.represented();
        if (represented != null) {
            Criteria id = Criteria.where("_id");
            List<UUID> unrepresented = representatives.unrepresented();
            criteria.add(represented ? id.nin(unrepresented) : id.in(unrepresented));
        }
        return criteria.size() == 1 ? criteria.getFirst() : new Criteria().andOperator(criteria);
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
    Map<String, List<FacetValue>> facets(OrganisationFilter filter, boolean all, String language) {
        Map<String, List<FacetValue>> facets = new LinkedHashMap<>();
        for (OrganisationFilter.Dimension dimension : FACETS) {
            // Who sees only what is verified has no choice there.
            if (all || dimension != OrganisationFilter.Dimension.STATE) {
                facets.put(dimension.parameter(), facet(filter, dimension, all, language));
            }
        }
        return facets;
    }

    private List<FacetValue> facet(
            OrganisationFilter filter, OrganisationFilter.Dimension dimension, boolean all, String language) {
        return mongo
                .aggregate(
                        newAggregation(
                                Organisation.class,
                                match(criteria(filter, dimension, all)),
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
                        .thenComparing(FacetValue::label, Collator.getInstance(Locale.of(language))::compare)
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

    /// How many verified organisations there are, by type.
    Map<OrganisationType, Long> countsByType() {
        Map<OrganisationType, Long> counts = new LinkedHashMap<>();
        for (OrganisationType type : OrganisationType.values()) {
            counts.put(
                    type,
                    mongo.count(
                            new Query(Criteria.where("profile.type")
                                    .is(type)
                                    .and("state")
                                    .is(Organisation.State.VERIFIED)),
                            Organisation.class));
        }
        return counts;
    }
}
