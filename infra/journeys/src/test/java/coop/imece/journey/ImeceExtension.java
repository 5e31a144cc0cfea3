package coop.imece.journey;

import coop.imece.platform.browser.Chromium;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives journeys the one running [Imece] and the one [Chromium]; both stop when the test run ends.
final class ImeceExtension implements ParameterResolver {

    private static final Map<Class<?>, Supplier<?>> SHARED =
            Map.of(Imece.class, Imece::start, Chromium.class, Chromium::start);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return SHARED.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(
                        type, _ -> Objects.requireNonNull(SHARED.get(type)).get());
    }
}
