package coop.imece.platform.page;

import coop.imece.platform.security.Caller;
import coop.imece.platform.text.Language;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.web.FieldError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.context.IWebContext;
import org.thymeleaf.web.IWebExchange;
import org.thymeleaf.web.IWebRequest;

/// What the shell knows of the page being rendered; `#page` in templates.
public final class Page {

    /// Pages for one reader, and pages that only ask for something.
    private static final Pattern PRIVATE = Pattern.compile(
            "/(sign-in|preferences|unsubscribe|invitations|desk|accounts?|sessions|clients|operations|erasures"
                    + "|broadcasts|reports|try-api)(/.*)?|/subscriptions/.+"
                    + "|.*/(new|edit|people|claim|publication|cancellation)");

    private static final int LONGEST_SUMMARY = 200;

    private final Language language;
    private final Assets assets;
    private final String publicUrl;
    private final @Nullable IWebExchange exchange;
    private final boolean problem;
    private final String path;
    private final String query;
    private final @Nullable String summary;

    Page(IExpressionContext context, Assets assets, Formats formats, String publicUrl) {
        this.language = Language.of(context.getLocale());
        this.assets = assets;
        this.publicUrl = publicUrl;
        this.exchange = context instanceof IWebContext web ? web.getExchange() : null;
        this.problem = context.containsVariable("problem");
        this.path = context.getVariable("self") instanceof String self ? self : requestPath(exchange);
        this.query = exchange == null ? "" : queryWithoutLanguage(exchange.getRequest());
        this.summary = context.getVariable("summary") instanceof LocalisedText text
                ? formats.in(context.getLocale()).text(text)
                : null;
    }

    private static String requestPath(@Nullable IWebExchange exchange) {
        if (exchange == null) {
            return "/";
        }
        // After an error dispatch the request is the error page's; the reader asked for another one.
        return exchange.getAttributeValue("jakarta.servlet.error.request_uri") instanceof String asked
                ? asked
                : exchange.getRequest().getRequestPath();
    }

    private static String queryWithoutLanguage(IWebRequest request) {
        String query = request.getQueryString();
        return query == null
                ? ""
                : Arrays.stream(query.split("&"))
                        .filter(pair -> !pair.isEmpty() && !pair.equals("lang") && !pair.startsWith("lang="))
                        .collect(Collectors.joining("&"));
    }

    /// The reader's language.
    public String lang() {
        return language.tag();
    }

    /// `rtl` or `ltr`.
    public String dir() {
        return language.direction();
    }

    /// The path the reader asked for, without query.
    public String path() {
        return path;
    }

    /// Whether somebody is signed in.
    public boolean signedIn() {
        return exchange != null
                && exchange.getAttributeValue(Caller.class.getName()) instanceof Caller caller
                && caller.signedIn();
    }

    /// Whether the page belongs to a part of the site, by its first segment: `organisations`.
    public boolean within(String segment) {
        return path.equals("/" + segment) || path.startsWith("/" + segment + "/");
    }

    /// Path and query, to come back to; without the query after a form was sent.
    public String here() {
        return read() ? path + (query.isEmpty() ? "" : "?" + query) : path;
    }

    /// The address to sign in and come back here.
    public String signIn() {
        return "/sign-in?return=" + URLEncoder.encode(read() ? here() : "/", StandardCharsets.UTF_8);
    }

    /// The address of the page as search engines should know it: in one language if it was asked for in one, else the
    /// one that speaks to each reader.
    public String canonical() {
        return exchange != null && language.tag().equals(exchange.getRequest().getParameterValue("lang"))
                ? in(language).address()
                : address();
    }

    /// The public address of the page in whatever language.
    public String address() {
        return publicUrl + here();
    }

    /// Whether the page has an address of its own that anybody may find.
    public boolean indexable() {
        return read() && !problem && !signedIn() && !PRIVATE.matcher(path).matches();
    }

    /// What the page is about, for those who see its address elsewhere: the model's `summary`, cut at a word.
    public @Nullable String summary() {
        if (summary == null || summary.isBlank()) {
            return null;
        }
        String line = summary.strip().replaceAll("\\s+", " ");
        if (line.length() <= LONGEST_SUMMARY) {
            return line;
        }
        int end = line.lastIndexOf(' ', LONGEST_SUMMARY);
        return line.substring(0, end > 0 ? end : line.offsetByCodePoints(0, LONGEST_SUMMARY / 2)) + "…";
    }

    /// The page in the five languages.
    public List<Alternate> languages() {
        return Arrays.stream(Language.values()).map(this::in).toList();
    }

    private Alternate in(Language l) {
        return new Alternate(
                l.tag(),
                l.direction(),
                path + "?" + (query.isEmpty() || !read() ? "" : query + "&") + "lang=" + l.tag(),
                publicUrl,
                region(l),
                l == language);
    }

    /// Where a language is at home, as Open Graph names languages.
    private static String region(Language l) {
        return switch (l) {
            case TR -> "tr_TR";
            case EN -> "en_GB";
            case SL -> "sl_SI";
            case HE -> "he_IL";
            case IT -> "it_IT";
        };
    }

    /// The versioned address of an asset.
    public String asset(String name) {
        return assets.address(name);
    }

    /// The address of this page with one query parameter set to another value, for "more" links and tabs.
    public String withParameter(String name, String value) {
        String others = Arrays.stream(query.split("&"))
                .filter(pair -> !pair.isEmpty() && !pair.equals(name) && !pair.startsWith(name + "="))
                .collect(Collectors.joining("&"));
        return path + "?" + (others.isEmpty() ? "" : others + "&") + name + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /// The id of the element that holds a field.
    public String fieldId(String name) {
        return Form.id(name);
    }

    /// The name of the field an error points at.
    public String fieldOf(FieldError error) {
        return Form.field(error);
    }

    /// The ids of the hint and of the first error of an element, as far as there are such.
    public String describedBy(String id, @Nullable String hint, @Nullable Boolean refused) {
        String ids = hint == null ? "" : id + "-h";
        return Boolean.TRUE.equals(refused) ? (ids + " " + id + "-e").strip() : ids;
    }

    private boolean read() {
        return exchange == null
                || switch (Objects.toString(exchange.getRequest().getMethod(), "GET")
                        .toUpperCase(Locale.ROOT)) {
                    case "GET", "HEAD" -> true;
                    default -> false;
                };
    }

    /// The page in one language.
    ///
    /// @param tag BCP 47 tag
    /// @param direction its direction
    /// @param href path and query
    /// @param publicUrl what stands before them in public
    /// @param region language and country, as Open Graph names it
    /// @param current whether it is the reader's language
    public record Alternate(
            String tag, String direction, String href, String publicUrl, String region, boolean current) {

        /// The absolute address.
        public String address() {
            return publicUrl + href;
        }
    }
}
