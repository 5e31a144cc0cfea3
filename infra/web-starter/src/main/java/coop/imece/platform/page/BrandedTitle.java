package coop.imece.platform.page;

import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.engine.AbstractTemplateHandler;
import org.thymeleaf.model.ICloseElementTag;
import org.thymeleaf.model.IOpenElementTag;

/// Ends the title in the head of a page with the name of the network, so that no page has to.
public final class BrandedTitle extends AbstractTemplateHandler {

    private boolean inHead;

    @Override
    public void handleOpenElement(IOpenElementTag tag) {
        if (tag.getElementCompleteName().equals("head")) {
            inHead = true;
        }
        super.handleOpenElement(tag);
    }

    @Override
    public void handleCloseElement(ICloseElementTag tag) {
        switch (tag.getElementCompleteName()) {
            case "title" -> {
                if (inHead) {
                    ITemplateContext context = getContext();
                    String brand = context.getMessage(BrandedTitle.class, "imece.brand", new Object[0], true);
                    super.handleText(context.getModelFactory().createText(" · " + brand));
                }
            }
            case "head" -> inHead = false;
            default -> {}
        }
        super.handleCloseElement(tag);
    }
}
