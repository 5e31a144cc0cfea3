package coop.imece.platform.sample;

import java.util.UUID;
import org.springframework.data.repository.CrudRepository;

public interface Notes extends CrudRepository<Note, UUID> {}
