package coop.imece.platform.page;

import java.util.Map;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.engine.AbstractTemplateHandler;
import org.thymeleaf.model.AttributeValueQuotes;
import org.thymeleaf.model.ICloseElementTag;
import org.thymeleaf.model.IOpenElementTag;
import org.thymeleaf.model.IText;

/// Ends the title in the head of a page with the name of the network, so that no page has to, and says it once more as
/// Open Graph wants it: without the name, which stands there by itself.
public final class BrandedTitle extends AbstractTemplateHandler {

    private boolean inHead;
    private boolean inTitle;
    private final StringBuilder title = new StringBuilder();

    @Override
    public void handleOpenElement(IOpenElementTag tag) {
        switch (tag.getElementCompleteName()) {
            case "head" -> inHead = true;
            case "title" -> inTitle = inHead;
            default -> {}
        }
        super.handleOpenElement(tag);
    }

    @Override
    public void handleText(IText text) {
        if (inTitle) {
            title.append(text.getText());
        }
        super.handleText(text);
    }

    @Override
    public void handleCloseElement(ICloseElementTag tag) {
        boolean titleEnds = inTitle && tag.getElementCompleteName().equals("title");
        if (titleEnds) {
            ITemplateContext context = getContext();
            String brand = context.getMessage(BrandedTitle.class, "imece.brand", new Object[0], true);
            super.handleText(context.getModelFactory().createText(" · " + brand));
            inTitle = false;
        } else if (tag.getElementCompleteName().equals("head")) {
            inHead = false;
        }
        super.handleCloseElement(tag);
        if (titleEnds) {
            // The text of the title is escaped already, quotation marks included.
            super.handleStandaloneElement(getContext()
                    .getModelFactory()
                    .createStandaloneElementTag(
                            "meta",
                            Map.of("property", "og:title", "content", title.toString()),
                            AttributeValueQuotes.DOUBLE,
                            false,
                            false));
        }
    }
}
