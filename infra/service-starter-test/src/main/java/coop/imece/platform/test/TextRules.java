package coop.imece.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Rules for texts that people read, checked over a module's resources.
///
/// Every bundle has the same keys, none empty, and the same arguments in all five languages; a template holds no
/// literal text and names only keys that exist; every problem the code can answer has a title and a detail. Call
/// [#holdIn] with the module's directory from a test.
public final class TextRules {

    private static final List<String> LANGUAGES = List.of("", "_tr", "_sl", "_he", "_it");
    private static final List<String> SHARED = List.of("imece/web/messages", "imece/problem/messages");

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d+)[^}]*}");
    private static final Pattern KEY = Pattern.compile("#\\{([A-Za-z0-9._/-]+)[(}]");
    private static final Pattern PROBLEM =
            Pattern.compile("(?:Problem\\.of|new Problem)\\(\\s*\\d{3},\\s*\"([a-z0-9-]+)\"");
    private static final Pattern TAG = Pattern.compile(
            "<!--.*?-->|<!DOCTYPE[^>]*>|<(/?)([A-Za-z:-]+)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>", Pattern.DOTALL);
    private static final Pattern SPOKEN =
            Pattern.compile("(?<![\\w:-])(?:aria-label|title|placeholder|alt|data-label)=\"([^\"]*)\"");
    private static final Pattern LETTER = Pattern.compile("\\p{L}");
    private static final Set<String> VOID =
            Set.of("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr");

    private TextRules() {}

    /// Fails with everything that is wrong in `src/main/resources` of the module.
    public static void holdIn(Path module) {
        Path resources = module.resolve("src/main/resources");
        var wrong = new ArrayList<String>();
        var keys = new TreeSet<String>();
        SHARED.forEach(shared -> keys.addAll(onClassPath(shared)));
        for (Path base : files(resources, "messages.properties")) {
            keys.addAll(checkBundle(base, wrong));
        }
        for (Path template : files(resources.resolve("templates"), ".html")) {
            checkTemplate(template, keys, wrong);
        }
        for (String slug : problems(module.resolve("src/main/java"))) {
            for (String part : List.of(".title", ".detail")) {
                if (!keys.contains("problem." + slug + part)) {
                    wrong.add("no text problem." + slug + part);
                }
            }
        }
        assertThat(wrong).as("texts of %s", module).isEmpty();
    }

    private static Set<String> checkBundle(Path base, List<String> wrong) {
        Map<String, Map<String, String>> bundles = new TreeMap<>();
        for (String language : LANGUAGES) {
            Path file = base.resolveSibling("messages" + language + ".properties");
            if (Files.exists(file)) {
                bundles.put(language, load(file));
            } else {
                wrong.add("missing bundle: " + file);
            }
        }
        Map<String, String> english = bundles.getOrDefault("", Map.of());
        bundles.forEach((language, texts) -> {
            String file = base.resolveSibling("messages" + language).toString();
            difference(english, texts).forEach(key -> wrong.add(file + " lacks " + key));
            difference(texts, english).forEach(key -> wrong.add(file + " alone has " + key));
            texts.forEach((key, text) -> {
                if (text.isBlank()) {
                    wrong.add(file + " is empty at " + key);
                }
                if (!arguments(text).equals(arguments(english.getOrDefault(key, text)))) {
                    wrong.add(file + " has other arguments at " + key);
                }
                if (!arguments(text).isEmpty() && text.contains("'")) {
                    wrong.add(file + " has a straight apostrophe beside arguments at " + key);
                }
            });
        });
        return english.keySet();
    }

    private static Set<String> problems(Path sources) {
        var slugs = new TreeSet<String>();
        for (Path source : files(sources, ".java")) {
            Matcher problem = PROBLEM.matcher(read(source));
            while (problem.find()) {
                slugs.add(problem.group(1));
            }
        }
        return slugs;
    }

    private static Set<String> difference(Map<String, String> of, Map<String, String> without) {
        var rest = new TreeSet<>(of.keySet());
        rest.removeAll(without.keySet());
        return rest;
    }

    private static Set<String> arguments(String text) {
        var found = new TreeSet<String>();
        Matcher matcher = ARGUMENT.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static void checkTemplate(Path template, Set<String> keys, List<String> wrong) {
        String html = read(template);
        Matcher key = KEY.matcher(html);
        while (key.find()) {
            if (!keys.contains(key.group(1))) {
                wrong.add(template.getFileName() + " names the unknown text " + key.group(1));
            }
        }
        // For each open element: whether something else will stand in place of its content.
        Deque<Boolean> replaced = new ArrayDeque<>();
        Matcher tag = TAG.matcher(html);
        int from = 0;
        while (tag.find()) {
            checkText(template, html.substring(from, tag.start()), replaced, wrong);
            from = tag.end();
            String name = tag.group(2);
            if (name == null) {
                continue;
            }
            if (!tag.group(1).isEmpty()) {
                replaced.pop();
                continue;
            }
            String attributes = tag.group(3);
            Matcher spoken = SPOKEN.matcher(attributes);
            while (spoken.find()) {
                if (LETTER.matcher(spoken.group(1)).find()) {
                    wrong.add(template.getFileName() + " says literally: " + spoken.group(1));
                }
            }
            if (tag.group(4).isEmpty() && !VOID.contains(name)) {
                replaced.push(name.equals("style")
                        || Boolean.TRUE.equals(replaced.peek())
                        || attributes.contains("th:text=")
                        || attributes.contains("th:utext=")
                        || (attributes.contains("th:replace=") && !name.equals("html"))
                        || attributes.contains("th:insert=")
                        || attributes.contains("th:remove="));
            }
        }
        checkText(template, html.substring(from), replaced, wrong);
    }

    private static void checkText(Path template, String text, Deque<Boolean> replaced, List<String> wrong) {
        String literal = text.replaceAll("\\[\\[.*?]]", "").replaceAll("&[a-z#0-9]+;", "");
        if (!Boolean.TRUE.equals(replaced.peek()) && LETTER.matcher(literal).find()) {
            wrong.add(template.getFileName() + " says literally: " + literal.strip());
        }
    }

    private static List<Path> files(Path below, String ending) {
        if (!Files.isDirectory(below)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> load(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            return texts(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> onClassPath(String bundle) {
        try (@Nullable
                InputStream stream = TextRules.class.getClassLoader().getResourceAsStream(bundle + ".properties")) {
            return stream == null
                    ? Set.of()
                    : texts(new InputStreamReader(stream, StandardCharsets.UTF_8))
                            .keySet();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> texts(Reader reader) throws IOException {
        var properties = new Properties();
        properties.load(reader);
        var texts = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
        return texts;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
