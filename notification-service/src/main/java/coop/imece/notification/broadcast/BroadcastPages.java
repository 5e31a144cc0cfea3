package coop.imece.notification.broadcast;

import coop.imece.notification.delivery.Books;
import coop.imece.platform.security.Caller;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// How a broadcast is getting on, for people: a bar while it is on its way, then the outcome by channel. The bar's part
/// loads itself again every two seconds; without script, a link does.
@Controller
class BroadcastPages {

    private final BroadcastReading reading;

    BroadcastPages(BroadcastReading reading) {
        this.reading = reading;
    }

    @GetMapping("/broadcasts/{id}")
    String show(@PathVariable UUID id, Caller caller, Model model) {
        fill(id, caller, model);
        return "broadcast/show";
    }

    @GetMapping("/fragments/broadcasts/{id}")
    String progress(@PathVariable UUID id, Caller caller, Model model) {
        fill(id, caller, model);
        return "broadcast/show :: progress";
    }

    private void fill(UUID id, Caller caller, Model model) {
        switch (reading.read(id, caller, false)) {
            case BroadcastReading.Answer.Found(var broadcast, var books) -> {
                Books.Line total = books.total();
                model.addAttribute("broadcast", broadcast.publicState());
                model.addAttribute("title", broadcast.notice().title());
                model.addAttribute("books", books.byChannel());
                model.addAttribute("total", total);
                model.addAttribute("done", total.accepted() - total.open());
                model.addAttribute("underWay", broadcast.open());
            }
            case BroadcastReading.Answer.NotYetKnown() ->
                throw new ProblemException(Problem.of(404, "not-yet-known").with("Retry-After", "1"));
            case BroadcastReading.Answer.NotAllowed() -> throw new ProblemException(Problem.notAllowed());
            case BroadcastReading.Answer.NotSignedIn() -> throw new ProblemException(Problem.notSignedIn());
        }
    }
}
