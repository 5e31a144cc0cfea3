package coop.imece.gateway.operations;

import coop.imece.platform.openapi.Described;
import coop.imece.platform.web.Problem;
import coop.imece.platform.web.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;

/// How far an erasure has come, for whoever holds its address: after the erasure there is no account to sign in with.
/// The id cannot be guessed, and nothing here says whose it is.
@Controller
class ErasurePages {

    private final Erasures erasures;

    ErasurePages(Erasures erasures) {
        this.erasures = erasures;
    }

    /// @param confirmedAt when the store confirmed, or null while it is due
    public record Line(String service, @Nullable Instant confirmedAt) {}

    record Answer(UUID id, String state, Instant requestedAt, List<Line> receipts) {}

    @GetMapping("/erasures/{id}")
    String page(@PathVariable UUID id, HttpServletResponse response, Model model) {
        Erasure erasure = found(id);
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("X-Robots-Tag", "noindex");
        model.addAttribute("done", erasure.complete())
                .addAttribute("requestedAt", erasure.requestedAt())
                .addAttribute("receipts", lines(erasure));
        return "operations/erasure";
    }

    @GetMapping("/api/v1/erasures/{id}")
    @Described(
            id = "readErasure",
            summary = "How far an erasure has come",
            description = "For whoever holds its id; it says nothing about whose it is.",
            answers = Answer.class,
            access = Described.Access.EVERYBODY)
    @ResponseBody
    ResponseEntity<Answer> one(@PathVariable UUID id) {
        Erasure erasure = found(id);
        Instant requestedAt = erasure.requestedAt();
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .body(new Answer(
                        id,
                        erasure.complete() ? "DONE" : "OPEN",
                        requestedAt == null ? Instant.EPOCH : requestedAt,
                        lines(erasure)));
    }

    private Erasure found(UUID id) {
        return erasures.find(id)
                .orElseThrow(() ->
                        new ProblemException(Problem.of(404, "not-yet-known").with("Retry-After", "1")));
    }

    private static List<Line> lines(Erasure erasure) {
        return erasure.expected().stream()
                .map(service -> {
                    Erasure.Receipt receipt = erasure.receiptOf(service);
                    return new Line(service, receipt == null ? null : receipt.confirmedAt());
                })
                .toList();
    }
}
