package coop.imece.gateway.edge;

import coop.imece.gateway.session.PublicAddress;
import coop.imece.gateway.session.Visitor;
import coop.imece.platform.text.Language;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;

/// The reader's language, one of the five: `?lang=`, else the cookie, else what a program asks for, else the account's,
/// else what the browser prefers, else English. The services get it as `Accept-Language`.
@Component("localeResolver")
public class ReaderLanguage implements LocaleResolver {

    private static final String PLAIN = "imece-lang";

    private static final List<Locale> KNOWN =
            Arrays.stream(Language.values()).map(Language::locale).toList();

    private final String cookie;

    /// Where there is TLS, nobody but this very host can have set a cookie of such a name.
    ReaderLanguage(PublicAddress address) {
        this.cookie = address.secure() ? "__Host-" + PLAIN : PLAIN;
    }

    /// The name of the cookie.
    String cookie() {
        return cookie;
    }

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        return of(request).locale();
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("the language is chosen by ?lang= and kept in a cookie");
    }

    /// The language of the reader who sent the request.
    public Language of(HttpServletRequest request) {
        Visitor visitor = Visitor.of(request);
        Optional<Language> accepted = accepted(request.getHeader("Accept-Language"));
        return chosen(request)
                .or(() -> remembered(request))
                .or(() -> visitor.program() ? accepted : Optional.empty())
                .or(() -> Optional.ofNullable(visitor.language()))
                .or(() -> accepted)
                .orElse(Language.EN);
    }

    /// The language chosen by this very address; the query is read without touching the body.
    static Optional<Language> chosen(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null
                ? Optional.empty()
                : Arrays.stream(query.split("&"))
                        .filter(pair -> pair.startsWith("lang="))
                        .map(pair -> pair.substring("lang=".length()))
                        .flatMap(tag -> Language.of(tag).stream())
                        .findFirst();
    }

    private Optional<Language> remembered(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(sent -> cookie.equals(sent.getName()))
                        .flatMap(sent -> Language.of(sent.getValue()).stream())
                        .findFirst();
    }

    private static Optional<Language> accepted(@Nullable String header) {
        if (header == null || header.length() > 500) {
            return Optional.empty();
        }
        try {
            // Java's old code for Hebrew is still met.
            List<Locale.LanguageRange> ranges = Locale.LanguageRange.parse(header.replaceAll("\\biw\\b", "he"));
            return Optional.ofNullable(Locale.lookup(ranges, KNOWN)).map(Language::of);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
