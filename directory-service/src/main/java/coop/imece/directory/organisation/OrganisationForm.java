package coop.imece.directory.organisation;

import coop.imece.platform.codelist.KnownCode;
import coop.imece.platform.codelist.KnownCodeLists;
import coop.imece.platform.page.Form;
import coop.imece.platform.page.Option;
import coop.imece.platform.text.Language;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Wording;
import coop.imece.platform.web.FieldError;
import java.text.Collator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/// Turns the form of an organisation into what the API would be sent, and back.
///
/// The form asks for less than the API takes: the type follows from the kind, the country from the region. What it does
/// not show (a name in a sixth language, coordinates) stays as it is.
@Component
class OrganisationForm {

    private static final int MOST_ROWS = 20;
    private static final Set<String> NAMED =
            Set.of("name", "kind", "place.region", "contactPoints.channel", "identifiers.scheme");
    private static final Pattern ROW = Pattern.compile("#/(identifiers|sectors|contactPoints)/([0-9]+)(.*)");

    private final KnownCodeLists lists;
    private final MessageSource texts;

    OrganisationForm(KnownCodeLists lists, MessageSource texts) {
        this.lists = lists;
        this.texts = texts;
    }

    /// The form of a present organisation.
    Form filled(Organisation organisation) {
        Profile profile = organisation.profile();
        String region = profile.place().region();
        Form form = Form.empty()
                .with("version", organisation.version())
                .with("kind", profile.kind())
                .with("name", profile.name())
                .with("alsoKnownAs", String.join("\n", profile.alsoKnownAs()))
                .with("place.region", region == null ? profile.place().country() : region)
                .with("place.locality", profile.place().locality())
                .with("languages", profile.languages())
                .with("sdgs", profile.sdgs())
                .with("founded", profile.founded())
                .with("description", profile.description());
        for (int i = 0; i < profile.identifiers().size(); i++) {
            form = form.with(
                            "identifiers." + i + ".scheme",
                            profile.identifiers().get(i).scheme())
                    .with(
                            "identifiers." + i + ".value",
                            profile.identifiers().get(i).value());
        }
        for (int i = 0; i < profile.sectors().size(); i++) {
            form = form.with("sectors." + i + ".code", choice(profile.sectors().get(i)));
        }
        for (int i = 0; i < profile.contactPoints().size(); i++) {
            ContactPoint contact = profile.contactPoints().get(i);
            form = form.with("contactPoints." + i + ".channel", contact.channel())
                    .with("contactPoints." + i + ".value", contact.value())
                    .with("contactPoints." + i + ".visibility", contact.visibility());
        }
        return form;
    }

    /// What was typed, as the API would be sent it.
    OrganisationRequest read(Form form, @Nullable Profile present) {
        String kind = form.text("kind");
        return new OrganisationRequest(
                null,
                type(kind),
                kind,
                texts(form.texts("name"), present == null ? null : present.name()),
                form.value("alsoKnownAs")
                        .lines()
                        .filter(line -> !line.isBlank())
                        .collect(Collectors.toCollection(ArrayList::new)),
                typedRows(form, "identifiers", "value")
                        .mapToObj(i -> new OrganisationRequest.WrittenIdentifier(
                                form.text("identifiers." + i + ".scheme"), form.text("identifiers." + i + ".value")))
                        .collect(Collectors.toCollection(ArrayList::new)),
                typedRows(form, "sectors", "code")
                        .mapToObj(i -> sector(form.value("sectors." + i + ".code")))
                        .collect(Collectors.toCollection(ArrayList::new)),
                place(form, present),
                typedRows(form, "contactPoints", "value")
                        .mapToObj(i -> new OrganisationRequest.WrittenContactPoint(
                                constant(ContactPoint.Channel.values(), form.text("contactPoints." + i + ".channel")),
                                form.text("contactPoints." + i + ".value"),
                                constant(
                                        ContactPoint.Visibility.values(),
                                        form.text("contactPoints." + i + ".visibility"))))
                        .collect(Collectors.toCollection(ArrayList::new)),
                new ArrayList<>(form.values("languages")),
                new ArrayList<>(form.values("sdgs")),
                year(form.text("founded")),
                texts(form.texts("description"), present == null ? null : present.description()));
    }

    private @Nullable OrganisationType type(@Nullable String kind) {
        return kind == null
                ? null
                : lists.find("organisation-kinds", kind)
                        .map(KnownCode::parent)
                        .map(parent -> constant(OrganisationType.values(), parent))
                        .orElse(OrganisationType.COOPERATIVE);
    }

    /// What is no number is no year either.
    private static @Nullable Integer year(@Nullable String typed) {
        return typed == null ? null : typed.matches("[0-9]{1,4}") ? Integer.valueOf(typed) : Integer.valueOf(0);
    }

    /// A wording that was not touched keeps its state; a language the form does not show keeps its wording.
    private static @Nullable LocalisedText texts(LocalisedText typed, @Nullable LocalisedText present) {
        Map<String, Wording> all = new LinkedHashMap<>();
        if (present != null) {
            present.byLanguage().forEach((tag, wording) -> {
                Wording now = typed.byLanguage().get(tag);
                if (Language.of(tag).isEmpty() || (now != null && now.text().equals(wording.text()))) {
                    all.put(tag, wording);
                }
            });
        }
        typed.byLanguage().forEach(all::putIfAbsent);
        return all.isEmpty() ? null : new LocalisedText(all);
    }

    private OrganisationRequest.@Nullable WrittenPlace place(Form form, @Nullable Profile present) {
        String where = form.text("place.region");
        String locality = form.text("place.locality");
        if (where == null) {
            return locality == null ? null : new OrganisationRequest.WrittenPlace(null, null, locality, null);
        }
        boolean country = where.length() == 2;
        String region = country ? null : where;
        boolean stays = present != null
                && Objects.equals(region, present.place().region())
                && Objects.equals(locality, present.place().locality());
        var point = stays && present != null ? present.place().point() : null;
        return new OrganisationRequest.WrittenPlace(
                where.substring(0, Math.min(2, where.length())),
                region,
                locality,
                point == null ? null : new OrganisationRequest.WrittenPoint(point.lat(), point.lon()));
    }

    private static String choice(Sector sector) {
        return sector.scheme().equals("NACE2") ? sector.code() : sector.scheme() + ":" + sector.code();
    }

    private static OrganisationRequest.WrittenSector sector(String choice) {
        int colon = choice.indexOf(':');
        return colon < 0
                ? new OrganisationRequest.WrittenSector("NACE2", choice.strip())
                : new OrganisationRequest.WrittenSector(choice.substring(0, colon), choice.substring(colon + 1));
    }

    private static <E extends Enum<E>> @Nullable E constant(E[] constants, @Nullable String name) {
        return Arrays.stream(constants)
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /// The rows in which something was typed.
    private static IntStream typedRows(Form form, String list, String field) {
        return IntStream.range(0, MOST_ROWS).filter(i -> form.text(list + "." + i + "." + field) != null);
    }

    /// The same errors, pointing at the fields the form has.
    List<FieldError> at(Form form, List<FieldError> errors) {
        return errors.stream()
                .filter(error -> !error.pointer().equals("#/type"))
                .map(error -> inWords(new FieldError(pointer(form, error.pointer()), error.code(), error.args())))
                .distinct()
                .toList();
    }

    /// The summary stands far from the fields: «required» alone would not say what is.
    private static FieldError inWords(FieldError error) {
        String field = Form.field(error).replaceAll("\\.[0-9]+", "");
        return error.code().equals("required") && NAMED.contains(field)
                ? new FieldError(error.pointer(), "required." + field, error.args())
                : error;
    }

    private static String pointer(Form form, String pointer) {
        Matcher row = ROW.matcher(pointer);
        if (row.matches()) {
            String list = row.group(1);
            int[] typed = typedRows(form, list, list.equals("sectors") ? "code" : "value")
                    .toArray();
            int at = Math.min(Integer.parseInt(row.group(2)), typed.length - 1);
            String field = list.equals("sectors") ? "/code" : row.group(3);
            return "#/" + list + "/" + typed[at] + field;
        }
        return pointer.equals("#/place") || pointer.equals("#/place/country") ? "#/place/region" : pointer;
    }

    /// Choices under a heading.
    ///
    /// @param label the heading
    /// @param options the choices
    record Group(String label, List<Option> options) {}

    /// Adds everything the form offers.
    void offer(Model model, Form form, Locale reader) {
        String language = Language.of(reader).tag();
        model.addAttribute("form", form);
        model.addAttribute("kinds", kinds(form, language));
        model.addAttribute("regions", regions(form, language, reader));
        model.addAttribute("schemes", schemes(form, language));
        model.addAttribute("sectors", sectors(form, language));
        model.addAttribute(
                "goals",
                codes("sdgs", form.values("sdgs"))
                        .map(goal -> new Option(goal.code(), goal.code() + ". " + goal.label(language)))
                        .toList());
        model.addAttribute("spoken", spoken(form, reader));
        model.addAttribute("channels", constants("organisation.channel.", ContactPoint.Channel.values(), reader));
        model.addAttribute(
                "visibilities", constants("organisation.visibility.", ContactPoint.Visibility.values(), reader));
        model.addAttribute("identifierRows", offered(form, "identifiers", "value", 1));
        model.addAttribute("sectorRows", offered(form, "sectors", "code", 2));
        model.addAttribute("contactRows", offered(form, "contactPoints", "value", 2));
    }

    /// The rows to show: all that are used, and one more.
    private static List<Integer> offered(Form form, String list, String field, int least) {
        int used = typedRows(form, list, field).max().orElse(-1) + 1;
        return IntStream.range(0, Math.min(MOST_ROWS, Math.max(least, used + 1)))
                .boxed()
                .toList();
    }

    /// What may be chosen, and what the form holds though it was retired since: saving would drop it unseen.
    private Stream<KnownCode> codes(String list, List<String> held) {
        return Stream.concat(
                lists.codes(list).stream(),
                held.stream()
                        .distinct()
                        .flatMap(code -> lists.find(list, code).stream())
                        .filter(code -> !code.active()));
    }

    private List<Option> schemes(Form form, String language) {
        List<String> held = typedRows(form, "identifiers", "value")
                .mapToObj(i -> form.value("identifiers." + i + ".scheme"))
                .toList();
        return codes("identifier-schemes", held)
                .map(code -> new Option(code.code(), code.label(language)))
                .toList();
    }

    private List<Group> kinds(Form form, String language) {
        return lists.codes("organisation-types").stream()
                .map(type -> new Group(
                        type.label(language),
                        codes("organisation-kinds", form.values("kind"))
                                .filter(kind -> type.code().equals(kind.parent()))
                                .map(kind -> new Option(kind.code(), kind.label(language)))
                                .toList()))
                .toList();
    }

    /// The regions by country, each country as a whole before them; the countries without regions at the end.
    private List<Group> regions(Form form, String language, Locale reader) {
        List<Group> groups = new ArrayList<>();
        List<Option> others = new ArrayList<>();
        Collator order = Collator.getInstance(reader);
        List<String> held = form.values("place.region");
        for (KnownCode country : codes("countries", held).toList()) {
            List<Option> regions = codes("regions", held)
                    .filter(region -> region.code().startsWith(country.code()))
                    .map(region -> new Option(region.code(), region.label(language)))
                    .sorted((a, b) -> order.compare(a.label(), b.label()))
                    .toList();
            String name = country.label(language);
            if (regions.isEmpty()) {
                others.add(new Option(country.code(), name));
            } else {
                Option whole = new Option(
                        country.code(),
                        texts.getMessage("organisation.form.whole-country", new Object[] {name}, reader));
                groups.add(new Group(
                        name, Stream.concat(Stream.of(whole), regions.stream()).toList()));
            }
        }
        groups.add(new Group(texts.getMessage("organisation.form.other-countries", null, reader), others));
        return groups;
    }

    private List<Option> sectors(Form form, String language) {
        List<Option> options = new ArrayList<>();
        lists.codes("sectors").stream()
                .filter(sector -> sector.parent() != null)
                .map(sector -> new Option(sector.code(), sector.code() + " " + sector.label(language)))
                .forEach(options::add);
        typedRows(form, "sectors", "code")
                .mapToObj(i -> form.value("sectors." + i + ".code"))
                .filter(code ->
                        options.stream().noneMatch(option -> option.value().equals(code)))
                .map(code -> new Option(code, code))
                .forEach(options::add);
        return options;
    }

    private List<Option> spoken(Form form, Locale reader) {
        return Stream.concat(
                        Arrays.stream(Language.values()).map(Language::tag),
                        form.values("languages").stream().filter(tag -> tag.length() <= 35))
                .distinct()
                .map(tag -> new Option(tag, language(tag, reader)))
                .toList();
    }

    private String language(String tag, Locale reader) {
        String name = texts.getMessage("language." + tag, null, null, reader);
        return name == null ? Locale.forLanguageTag(tag).getDisplayLanguage(reader) : name;
    }

    private List<Option> constants(String prefix, Enum<?>[] constants, Locale reader) {
        return Arrays.stream(constants)
                .map(constant -> new Option(constant.name(), texts.getMessage(prefix + constant.name(), null, reader)))
                .toList();
    }
}
