package coop.imece.platform.codelist;

import java.util.Optional;

/// Where [KnownCodeLists] reads a list it does not hold: the view of the topic; in directory-service, the truth.
public interface CodeListSource {

    /// The list as it is known now.
    Optional<KnownCodeList> find(String name);

    /// The list as soon as it is known, waiting at most two seconds.
    Optional<KnownCodeList> await(String name);
}
