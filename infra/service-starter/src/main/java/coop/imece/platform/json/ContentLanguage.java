package coop.imece.platform.json;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/// The language of plain strings in the present request.
final class ContentLanguage {

    private ContentLanguage() {}

    /// The first tag of `Content-Language`, else `und`: the use case then takes the organisation's language.
    static String current() {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
            HttpServletRequest request = attributes.getRequest();
            String header = request.getHeader("Content-Language");
            if (header != null && !header.isBlank()) {
                int comma = header.indexOf(',');
                return (comma < 0 ? header : header.substring(0, comma)).strip();
            }
        }
        return LocalisedTextDeserializer.UNDETERMINED;
    }
}
