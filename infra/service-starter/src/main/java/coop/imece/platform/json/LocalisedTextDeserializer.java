package coop.imece.platform.json;

import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.text.Wording;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/// Reads a language map, or a plain string in the request's `Content-Language`.
final class LocalisedTextDeserializer extends StdDeserializer<LocalisedText> {

    static final String UNDETERMINED = "und";

    LocalisedTextDeserializer() {
        super(LocalisedText.class);
    }

    @Override
    public LocalisedText deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.hasToken(JsonToken.VALUE_STRING)) {
            return LocalisedText.of(ContentLanguage.current(), parser.getString());
        }
        if (!parser.isExpectedStartObjectToken()) {
            return (LocalisedText) context.handleUnexpectedToken(getValueType(context), parser);
        }
        Map<String, Wording> byLanguage = new LinkedHashMap<>();
        for (String tag = parser.nextName(); tag != null; tag = parser.nextName()) {
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_NULL) {
                context.reportInputMismatch(this, "a wording must not be null");
            }
            try {
                byLanguage.put(tag, context.readValue(parser, Wording.class));
            } catch (DatabindException e) {
                throw e.prependPath(LocalisedText.class, tag);
            }
        }
        return new LocalisedText(byLanguage);
    }
}
