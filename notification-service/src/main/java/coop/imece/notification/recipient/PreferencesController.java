package coop.imece.notification.recipient;

import coop.imece.notification.channel.Channel;
import coop.imece.platform.openapi.Described;
import coop.imece.platform.web.FieldError;
import coop.imece.platform.web.IfMatch;
import coop.imece.platform.web.MergePatch;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// Preferences by token; what shows an address in full, or ends everything, takes a fresh code as well.
@RestController
@RequestMapping("/api/v1/preferences/{token}")
class PreferencesController {

    private static final Set<String> SERVER_OWNED = Set.of("addresses", "consents");

    private final Preferences preferences;
    private final JsonMapper json;
    private final Problems problems;

    PreferencesController(Preferences preferences, JsonMapper json, Problems problems) {
        this.preferences = preferences;
        this.json = json;
        this.problems = problems;
    }

    /// @param interests criteria in the order in which they were added
    record Shown(
            String language,
            List<Channel> channels,
            List<SubscriptionRequest.Wish> interests,
            List<Preferences.Masked> addresses,
            List<Consent> consents) {}

    @GetMapping
    @Described(
            id = "readPreferences",
            summary = "What a recipient asked for",
            answers = Shown.class,
            versioned = true,
            access = Described.Access.EVERYBODY)
    ResponseEntity<?> show(@PathVariable String token, Locale locale) {
        return preferences
                .show(token)
                .<ResponseEntity<?>>map(PreferencesController::answer)
                .orElseGet(() -> problems.answer(Problem.notFound(), locale));
    }

    private static ResponseEntity<Shown> answer(Preferences.Shown shown) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .eTag(IfMatch.etag(shown.version()))
                .body(new Shown(
                        shown.language().tag(),
                        shown.channels().stream().sorted().toList(),
                        wishes(shown),
                        shown.addresses(),
                        shown.consents()));
    }

    private static List<SubscriptionRequest.Wish> wishes(Preferences.Shown shown) {
        return shown.interests().stream()
                .map(Interest::criteria)
                .map(criteria -> new SubscriptionRequest.Wish(
                        new ArrayList<>(criteria.kinds()),
                        new ArrayList<>(criteria.regions()),
                        new ArrayList<>(criteria.topics())))
                .toList();
    }

    @PatchMapping(consumes = "application/merge-patch+json")
    @Described(
            id = "changePreferences",
            summary = "Change what a recipient asked for",
            takes = Preferences.Content.class,
            answers = Shown.class,
            versioned = true,
            access = Described.Access.EVERYBODY)
    ResponseEntity<?> change(
            @PathVariable String token, @RequestBody MergePatch patch, IfMatch version, Locale locale) {
        Optional<Preferences.Shown> present = preferences.show(token);
        if (present.isEmpty()) {
            return problems.answer(Problem.notFound(), locale);
        }
        Preferences.Shown shown = present.get();
        Optional<Problem> refusal = version.refusal(shown.version());
        if (refusal.isPresent()) {
            return problems.answer(refusal.get(), locale);
        }
        var before = new Preferences.Content(
                shown.language().tag(), new ArrayList<>(shown.channels()), new ArrayList<>(wishes(shown)));
        var content = patch.applyTo(json, before, Preferences.Content.class, SERVER_OWNED);
        return switch (preferences.replace(token, content, shown.version(), Consent.Source.API)) {
            case Preferences.Outcome.Changed changed -> answer(changed.shown());
            case Preferences.Outcome.Refused refused -> problems.answer(Problem.invalid(refused.errors()), locale);
            case Preferences.Outcome.ChangedMeanwhile meanwhile ->
                problems.answer(Problem.changedMeanwhile(meanwhile.version()), locale);
            case Preferences.Outcome.Unknown _ -> problems.answer(Problem.notFound(), locale);
        };
    }

    @PostMapping("/code")
    @Described(
            id = "sendPreferencesCode",
            summary = "Send a fresh code to the recipient",
            success = 202,
            access = Described.Access.EVERYBODY)
    ResponseEntity<?> sendCode(@PathVariable String token, Locale locale) {
        return preferences.sendCode(token)
                ? ResponseEntity.accepted().build()
                : problems.answer(Problem.notFound(), locale);
    }

    @PostMapping("/export")
    @Described(
            id = "exportRecipient",
            summary = "Everything held about a recipient",
            required = "code",
            answers = Preferences.Export.class,
            access = Described.Access.EVERYBODY)
    ResponseEntity<?> export(@PathVariable String token, @RequestBody Proof proof, Locale locale) {
        return answer(preferences.export(token, proof.text()), locale);
    }

    @PostMapping("/erasure")
    @Described(
            id = "eraseRecipient",
            summary = "Erase a recipient",
            required = "code",
            answers = Preferences.Erased.class,
            access = Described.Access.EVERYBODY)
    ResponseEntity<?> erase(@PathVariable String token, @RequestBody Proof proof, Locale locale) {
        return answer(preferences.erase(token, proof.text()), locale);
    }

    private ResponseEntity<?> answer(Preferences.Proved<?> proved, Locale locale) {
        return switch (proved) {
            case Preferences.Proved.Done<?> done ->
                ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(done.result());
            case Preferences.Proved.WrongCode<?> _ ->
                problems.answer(Problem.invalid(List.of(FieldError.of("#/code", "code-not-valid"))), locale);
            case Preferences.Proved.Unknown<?> _ -> problems.answer(Problem.notFound(), locale);
        };
    }

    /// @param code the fresh code
    record Proof(@Nullable String code) {

        String text() {
            return code == null ? "" : code;
        }

        @Override
        public String toString() {
            return "Proof[…]";
        }
    }
}
