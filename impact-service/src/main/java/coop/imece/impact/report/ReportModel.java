package coop.imece.impact.report;

import coop.imece.impact.indicator.Indicator;
import coop.imece.impact.indicator.Indicators;
import coop.imece.impact.organisation.KnownOrganisation;
import coop.imece.impact.organisation.KnownOrganisations;
import coop.imece.platform.page.Format;
import coop.imece.platform.page.Formats;
import coop.imece.platform.page.Option;
import coop.imece.platform.security.Caller;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.text.LocalisedText;
import java.text.Collator;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reports as pages show them.
@Component
class ReportModel {

    private final Indicators indicators;
    private final ReportReading reading;
    private final KnownOrganisations organisations;
    private final Formats formats;

    ReportModel(Indicators indicators, ReportReading reading, KnownOrganisations organisations, Formats formats) {
        this.indicators = indicators;
        this.reading = reading;
        this.organisations = organisations;
        this.formats = formats;
    }

    /// One report in a list.
    ///
    /// @param organisation its name; the bare id while it was not heard of
    record Listed(UUID id, LocalisedText organisation, String period, Report.State state) {}

    List<Listed> listed(List<Report> reports) {
        Map<UUID, KnownOrganisation> known =
                organisations.all(reports.stream().map(Report::organisation).toList());
        return reports.stream()
                .map(r -> new Listed(
                        r.id(), name(Optional.ofNullable(known.get(r.organisation())), r), r.period(), r.state()))
                .toList();
    }

    /// One report on its own page.
    ///
    /// @param organisation its name
    record Shown(
            UUID id,
            LocalisedText organisation,
            String period,
            Report.State state,
            @Nullable String comment,
            @Nullable Instant submittedAt,
            @Nullable Instant approvedAt) {}

    Shown shown(Report report) {
        return new Shown(
                report.id(),
                name(organisations.find(report.organisation()), report),
                report.period(),
                report.state(),
                report.comment().orElse(null),
                report.submittedAt().orElse(null),
                report.approvedAt().orElse(null));
    }

    private static LocalisedText name(Optional<KnownOrganisation> organisation, Report report) {
        return organisation
                .map(KnownOrganisation::name)
                .orElseGet(() -> LocalisedText.of("en", report.organisation().toString()));
    }

    /// One number of a report, or the place for it.
    ///
    /// @param field the name of its field
    /// @param value what was reported, in the reader's form; null if it was not reported
    /// @param before what was reported for the year before, if it was
    record Line(
            Indicator indicator,
            String field,
            @Nullable String value,
            @Nullable String before) {}

    List<Line> lines(@Nullable Report report, @Nullable Report before, Locale locale) {
        Format format = formats.in(locale);
        return indicators.current().stream()
                .map(i -> new Line(i, ReportForm.field(i), number(report, i, format), number(before, i, format)))
                .toList();
    }

    private static @Nullable String number(@Nullable Report report, Indicator indicator, Format format) {
        OptionalLong value = report == null ? OptionalLong.empty() : report.value(indicator.code());
        return value.isPresent() ? format.number(value.getAsLong()) : null;
    }

    /// The cooperatives the caller may report for.
    List<Option> cooperatives(Caller caller, Locale locale) {
        Format format = formats.in(locale);
        return ownCooperatives(caller, locale).stream()
                .map(o -> new Option(o.id().toString(), format.text(o.name())))
                .toList();
    }

    private List<KnownOrganisation> ownCooperatives(Caller caller, Locale locale) {
        Format format = formats.in(locale);
        return organisations.all(organisations.of(caller, OrganisationRole::reports)).values().stream()
                .filter(KnownOrganisation::cooperative)
                .sorted(Comparator.comparing(o -> format.text(o.name()), Collator.getInstance(locale)::compare))
                .toList();
    }

    /// A cooperative that has not handed in its report of a year.
    ///
    /// @param cooperative its name
    /// @param link where to begin the report or to go on
    /// @param state how far it has come; null if it was not begun
    record Due(LocalisedText cooperative, String link, Report.@Nullable State state) {}

    /// What the caller's cooperatives, or the one chosen, have not handed in for a year.
    List<Due> due(Caller caller, String year, Locale locale) {
        UUID chosen = caller.onBehalfOf();
        List<KnownOrganisation> own = ownCooperatives(caller, locale).stream()
                .filter(o -> chosen == null || o.id().equals(chosen))
                .filter(o -> o.existedIn(Integer.parseInt(year)))
                .toList();
        Map<UUID, Report> begun =
                reading.ofYear(own.stream().map(KnownOrganisation::id).toList(), year);
        return own.stream()
                .filter(o -> !begun.containsKey(o.id()) || begun.get(o.id()).open())
                .map(o -> due(o, year, begun.get(o.id())))
                .toList();
    }

    private static Due due(KnownOrganisation cooperative, String year, @Nullable Report begun) {
        return begun == null
                ? new Due(cooperative.name(), "/reports/new?period=" + year + "&organisation=" + cooperative.id(), null)
                : new Due(cooperative.name(), "/reports/" + begun.id(), begun.state());
    }

    List<Indicator> indicators() {
        return indicators.current();
    }
}
