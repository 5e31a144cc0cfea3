package coop.imece.platform.sample;

import java.util.List;
import java.util.UUID;
import org.springframework.data.repository.CrudRepository;

public interface Notes extends CrudRepository<Note, UUID> {

    List<Note> findByText(String text);
}
