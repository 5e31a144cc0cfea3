package coop.imece.notification.consent;

import coop.imece.notification.channel.Channel;
import coop.imece.platform.text.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// All versions of all consent texts, from `consent/texts.json`: a new version is added there, an old one stays,
/// because consents refer to it.
@Component
public final class ConsentTexts {

    private final Version newest;

    ConsentTexts(JsonMapper json) {
        try (var in = new ClassPathResource("consent/texts.json").getInputStream()) {
            newest = json.readValue(in, File.class).versions().stream()
                    .max(Comparator.comparing(Version::version))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("consent/texts.json cannot be read", e);
        }
    }

    /// The text in force.
    public ConsentText current(Channel channel, Language language) {
        return newest.in(channel, language)
                .orElseThrow(() -> new IllegalStateException(
                        "consent text " + newest.version() + " lacks " + channel + " in " + language));
    }

    private record File(List<Version> versions) {}

    private record Version(String version, Map<Channel, Map<String, String>> texts) {

        Optional<ConsentText> in(Channel channel, Language language) {
            return Optional.ofNullable(texts.get(channel))
                    .flatMap(byLanguage -> Optional.ofNullable(byLanguage.get(language.tag())))
                    .map(text -> new ConsentText(version, channel, language, text));
        }
    }
}
