package coop.imece.impact.indicator;

import java.util.List;
import java.util.Optional;

/// The indicators in use.
public interface Indicators {

    /// The newest version of each, in the order in which they are asked for.
    List<Indicator> current();

    /// The newest version of one.
    default Optional<Indicator> find(String code) {
        return current().stream().filter(i -> i.code().equals(code)).findFirst();
    }
}
