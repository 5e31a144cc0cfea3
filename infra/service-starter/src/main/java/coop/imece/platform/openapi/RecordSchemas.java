package coop.imece.platform.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JavaType;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Wording;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Schemas of our records: named after the record and what it stands in, and requiring what is not `@Nullable`.
final class RecordSchemas implements ModelConverter {

    private static final String TEXTS = "LocalisedText";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        JavaType java = Json31.mapper().constructType(type.getType());
        Class<?> raw = java.getRawClass();
        if (raw == LocalisedText.class) {
            return localisedText(context);
        }
        if (!raw.isRecord() || !raw.getName().startsWith("coop.imece.")) {
            return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        }
        String name = name(raw);
        type.setName(name);
        Schema<?> resolved = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        Schema<?> defined = context.getDefinedModels().get(name);
        if (defined != null) {
            if (defined.getProperties() == null) {
                defined.addType("object");
            } else {
                defined.setRequired(required(raw, defined.getProperties().keySet()));
            }
        }
        return resolved;
    }

    private static Schema<?> localisedText(ModelConverterContext context) {
        if (!context.getDefinedModels().containsKey(TEXTS)) {
            context.resolve(new AnnotatedType(Wording.class).resolveAsRef(true));
            context.defineModel(
                    TEXTS,
                    new JsonSchema()
                            .typesItem("object")
                            .description("A text by language (BCP 47). In requests a plain string may stand for one "
                                    + "wording, or for the whole text.")
                            .additionalProperties(new JsonSchema().$ref("#/components/schemas/Wording")));
        }
        return new JsonSchema().$ref("#/components/schemas/" + TEXTS);
    }

    /// `Wording`; `PreferencesShown` for what stands in `PreferencesController`.
    static String name(Class<?> type) {
        List<String> parts = new ArrayList<>();
        for (Class<?> at = type; at != null; at = at.getEnclosingClass()) {
            String simple = at.getSimpleName();
            if (at != type) {
                simple = simple.replaceFirst("(Controller|Request|Answer)$", "");
            }
            parts.addFirst(simple);
        }
        String own = parts.getLast();
        return parts.size() > 1 && own.startsWith(parts.get(parts.size() - 2)) ? own : String.join("", parts);
    }

    private static @Nullable List<String> required(Class<?> type, Set<String> properties) {
        if (type == Wording.class) {
            return List.of("text");
        }
        List<String> required = Arrays.stream(type.getRecordComponents())
                .filter(component -> !mayBeAbsent(component))
                .map(RecordSchemas::jsonName)
                .filter(properties::contains)
                .toList();
        return required.isEmpty() ? null : required;
    }

    private static String jsonName(RecordComponent component) {
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null ? component.getName() : named.value();
    }

    private static boolean mayBeAbsent(RecordComponent component) {
        return Objects.requireNonNull(component.getAnnotatedType()).isAnnotationPresent(Nullable.class);
    }
}
