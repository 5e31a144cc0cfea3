package coop.imece.notification.recipient;

import coop.imece.platform.codelist.KnownCode;
import coop.imece.platform.page.Form;
import coop.imece.platform.page.Option;
import coop.imece.platform.text.Language;
import java.text.Collator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/// What the forms offer to choose from, in the reader's words and order.
@Component
final class InterestChoices {

    private final InterestCodes codes;

    InterestChoices(InterestCodes codes) {
        this.codes = codes;
    }

    /// Puts `kinds`, `regions`, `topics` and `languages` into the model. Countries stand before the regions.
    void offer(Language reader, Model model) {
        model.addAttribute("kinds", options(InterestCodes.KINDS, reader));
        model.addAttribute("topics", options(InterestCodes.TOPICS, reader));
        model.addAttribute("regions", regions(reader));
        model.addAttribute(
                "languages", Arrays.stream(Language.values()).map(Language::tag).toList());
    }

    private List<Option> options(String list, Language reader) {
        return codes.choices(list).stream()
                .map(code -> new Option(code.code(), code.label(reader.tag())))
                .toList();
    }

    private List<Option> regions(Language reader) {
        Comparator<Option> byLabel =
                Comparator.comparing(Option::label, Collator.getInstance(reader.locale())::compare);
        var countries = codes.countries().stream()
                .map(country -> new Option(country, InterestCodes.countryLabel(country, reader)))
                .sorted(byLabel);
        var regions = codes.choices(InterestCodes.REGIONS).stream()
                .map(region -> new Option(region.code(), labelled(region, reader)))
                .sorted(byLabel);
        return Stream.concat(countries, regions).toList();
    }

    private static String labelled(KnownCode region, Language reader) {
        return region.label(reader.tag()) + " (" + InterestCodes.country(region) + ")";
    }

    /// What was chosen in a form.
    static SubscriptionRequest.Wish wish(Form form) {
        return new SubscriptionRequest.Wish(
                chosen(form, "criteria.kinds"), chosen(form, "criteria.regions"), chosen(form, "criteria.topics"));
    }

    private static List<String> chosen(Form form, String name) {
        return form.values(name).stream().filter(value -> !value.isBlank()).toList();
    }
}
