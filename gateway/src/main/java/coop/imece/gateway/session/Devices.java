package coop.imece.gateway.session;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says in two words which browser it is, so that its owner can tell it from others; the rest of what a browser says
/// about itself is not kept.
final class Devices {

    /// Order matters: browsers claim to be their forebears, too.
    private static final Map<String, String> BROWSERS = new LinkedHashMap<>();

    private static final Map<String, String> SYSTEMS = new LinkedHashMap<>();

    static {
        BROWSERS.put("Edg", "Edge");
        BROWSERS.put("OPR/", "Opera");
        BROWSERS.put("SamsungBrowser", "Samsung Internet");
        BROWSERS.put("Firefox", "Firefox");
        BROWSERS.put("Chrome", "Chrome");
        BROWSERS.put("Safari", "Safari");
        SYSTEMS.put("Android", "Android");
        SYSTEMS.put("iPhone", "iPhone");
        SYSTEMS.put("iPad", "iPad");
        SYSTEMS.put("Windows", "Windows");
        SYSTEMS.put("Mac OS", "macOS");
        SYSTEMS.put("Linux", "Linux");
    }

    private Devices() {}

    /// What somebody holds in the hand.
    enum Kind {
        PHONE,
        TABLET,
        COMPUTER,
        BROWSER,
        PROGRAM
    }

    /// The kind of device a session runs on, as far as its description tells.
    static Kind kind(Session session) {
        String device = session.device();
        if (session.kind() == Session.Kind.TOKEN) {
            return Kind.PROGRAM;
        }
        if (device == null) {
            return Kind.BROWSER;
        }
        if (device.contains("Android") || device.contains("iPhone")) {
            return Kind.PHONE;
        }
        if (device.contains("iPad")) {
            return Kind.TABLET;
        }
        return device.contains("Windows") || device.contains("macOS") || device.contains("Linux")
                ? Kind.COMPUTER
                : Kind.BROWSER;
    }

    static @Nullable String describe(@Nullable String userAgent) {
        if (userAgent == null) {
            return null;
        }
        String browser = first(BROWSERS, userAgent);
        String system = first(SYSTEMS, userAgent);
        if (browser == null || system == null) {
            return browser == null ? system : browser;
        }
        return browser + ", " + system;
    }

    private static @Nullable String first(Map<String, String> names, String userAgent) {
        return names.entrySet().stream()
                .filter(name -> userAgent.contains(name.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
