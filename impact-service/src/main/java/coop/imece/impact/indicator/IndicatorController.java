package coop.imece.impact.indicator;

import coop.imece.platform.openapi.Described;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class IndicatorController {

    private final Indicators indicators;

    IndicatorController(Indicators indicators) {
        this.indicators = indicators;
    }

    /// What may be reported; public.
    @GetMapping("/api/v1/indicators")
    @Described(
            id = "listIndicators",
            summary = "What can be reported",
            answers = Listed.class,
            access = Described.Access.EVERYBODY)
    ResponseEntity<Listed> list() {
        List<Indicator> current = indicators.current();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.empty().cachePublic())
                .body(new Listed(current, current.size()));
    }

    record Listed(List<Indicator> items, int total) {}
}
