package coop.imece.platform.codelist;

import java.util.List;

/// A code list as last heard.
///
/// @param name for example `gathering-kinds`
/// @param codes in the order in which they are offered
public record KnownCodeList(String name, List<KnownCode> codes) {

    public KnownCodeList {
        codes = List.copyOf(codes);
    }
}
