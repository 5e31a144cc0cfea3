package coop.imece.gateway.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/// Says an operation in words: `POST /api/v1/gatherings/{id}/publication` is "announced a gathering".
///
/// A page and the API do the same thing at different addresses, so both lead to one text, `audit.operation.…`: the path
/// without ids, with `entry` for what is made, `change` for what is changed and `removal` for what is taken away.
@Component
class OperationWords {

    private static final String API = "/api/v1";

    private final MessageSource texts;

    OperationWords(MessageSource texts) {
        this.texts = texts;
    }

    /// The words, where there are any.
    Optional<String> of(String operation, Locale reader) {
        return Optional.ofNullable(texts.getMessage("audit.operation." + name(operation), null, null, reader));
    }

    static String name(String operation) {
        int space = operation.indexOf(' ');
        String method = operation.substring(0, Math.max(space, 0));
        String path = operation.substring(space + 1);
        if (path.startsWith(API + "/")) {
            path = path.substring(API.length());
        }
        List<String> parts = new ArrayList<>();
        boolean one = false;
        for (String part : path.split("/")) {
            one = part.startsWith("{");
            if (!part.isEmpty() && !one) {
                parts.add(part);
            }
        }
        String last = parts.isEmpty() ? "" : parts.getLast();
        if (last.equals("new") || last.equals("edit")) {
            parts.removeLast();
            parts.add(last.equals("new") ? "entry" : "change");
        } else if (method.equals("DELETE")) {
            parts.add("removal");
        } else if (method.equals("PUT") && one) {
            parts.add("entry");
        } else if (one) {
            parts.add("change");
        }
        return String.join(".", parts);
    }
}
