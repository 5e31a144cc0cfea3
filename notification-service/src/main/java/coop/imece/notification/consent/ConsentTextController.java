package coop.imece.notification.consent;

import coop.imece.notification.channel.Channel;
import coop.imece.platform.openapi.Described;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The consent text in force, to be shown before anybody agrees to it.
@RestController
class ConsentTextController {

    private final ConsentTexts texts;

    ConsentTextController(ConsentTexts texts) {
        this.texts = texts;
    }

    /// @param language BCP 47; without it the reader's
    @GetMapping("/api/v1/consent-texts")
    @Described(
            id = "readConsentText",
            summary = "The consent text in force",
            answers = Shown.class,
            access = Described.Access.EVERYBODY)
    ResponseEntity<Shown> current(
            @RequestParam String channel, @RequestParam(required = false) @Nullable String language, Locale reader) {
        Channel known = Arrays.stream(Channel.values())
                .filter(one -> one.name().equals(channel))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.badParameter("channel")));
        Language wanted = language == null
                ? Language.of(reader)
                : Language.of(language).orElseThrow(() -> new ProblemException(Problem.badParameter("language")));
        ConsentText text = texts.current(known, wanted);
        String etag = "\"" + text.version() + "-" + wanted.tag() + "\"";
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ZERO).cachePublic())
                .eTag(etag)
                .body(new Shown(text.version(), text.channel(), wanted.tag(), text.text()));
    }

    record Shown(String version, Channel channel, String language, String text) {}
}
