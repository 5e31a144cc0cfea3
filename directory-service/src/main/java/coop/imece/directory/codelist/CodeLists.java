package coop.imece.directory.codelist;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;

/// The code lists.
interface CodeLists extends ListCrudRepository<CodeList, UUID> {

    Optional<CodeList> findByName(String name);
}
