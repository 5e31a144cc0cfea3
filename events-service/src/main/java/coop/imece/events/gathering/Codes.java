package coop.imece.events.gathering;

import java.util.List;

/// The codes one may choose from today.
interface Codes {

    String KINDS = "gathering-kinds";
    String TOPICS = "topics";
    String REGIONS = "regions";

    /// Whether the code may be used in something new.
    boolean usable(String list, String code);

    /// The codes that look most like it, best first.
    List<String> nearest(String list, String code);
}
