package coop.imece.events.gathering;

import java.util.UUID;
import org.springframework.data.mongodb.repository.MongoRepository;

/// All gatherings.
interface Gatherings extends MongoRepository<Gathering, UUID> {}
