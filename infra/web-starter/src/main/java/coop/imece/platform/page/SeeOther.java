package coop.imece.platform.page;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// The answer after a form was taken: 303, so that reloading sends nothing again.
public final class SeeOther {

    private SeeOther() {}

    /// @param path path and query on this site
    public static View to(String path) {
        var view = new RedirectView(path);
        view.setStatusCode(HttpStatus.SEE_OTHER);
        view.setExposeModelAttributes(false);
        // Braces in a path are no template's.
        view.setExpandUriTemplateVariables(false);
        return view;
    }
}
