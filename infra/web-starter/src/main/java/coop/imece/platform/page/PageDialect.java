package coop.imece.platform.page;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.dialect.AbstractDialect;
import org.thymeleaf.dialect.IExpressionObjectDialect;
import org.thymeleaf.dialect.IPostProcessorDialect;
import org.thymeleaf.expression.IExpressionObjectFactory;
import org.thymeleaf.postprocessor.IPostProcessor;
import org.thymeleaf.postprocessor.PostProcessor;
import org.thymeleaf.templatemode.TemplateMode;

/// Gives templates `#page` and `#format`, and every page title the name of the network.
final class PageDialect extends AbstractDialect implements IExpressionObjectDialect, IPostProcessorDialect {

    private final Assets assets;
    private final Formats formats;
    private final String publicUrl;

    PageDialect(Assets assets, Formats formats, String publicUrl) {
        super("imece");
        this.assets = assets;
        this.formats = formats;
        this.publicUrl = publicUrl;
    }

    @Override
    public IExpressionObjectFactory getExpressionObjectFactory() {
        return new Objects();
    }

    @Override
    public int getDialectPostProcessorPrecedence() {
        return 1000;
    }

    @Override
    public Set<IPostProcessor> getPostProcessors() {
        return Set.of(new PostProcessor(TemplateMode.HTML, BrandedTitle.class, 1000));
    }

    private final class Objects implements IExpressionObjectFactory {

        @Override
        public Set<String> getAllExpressionObjectNames() {
            return Set.of("page", "format");
        }

        @Override
        public @Nullable Object buildObject(IExpressionContext context, String name) {
            return switch (name) {
                case "page" -> new Page(context, assets, formats, publicUrl);
                case "format" -> formats.in(context.getLocale());
                default -> null;
            };
        }

        @Override
        public boolean isCacheable(String name) {
            return true;
        }
    }
}
