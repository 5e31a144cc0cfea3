package coop.imece.directory.codelist;

import coop.imece.platform.aggregate.DomainEvent;
import coop.imece.platform.aggregate.EventType;
import java.util.List;

/// What happens to a code list.
sealed interface CodeListEvent extends DomainEvent {

    /// Codes were added, changed or retired.
    ///
    /// @param codes which ones
    @EventType("directory.code-list.changed.v1")
    record CodeListChanged(List<String> codes) implements CodeListEvent {}
}
