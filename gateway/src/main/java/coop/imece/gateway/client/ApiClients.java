package coop.imece.gateway.client;

import java.util.UUID;
import org.springframework.data.repository.CrudRepository;

/// All programs.
interface ApiClients extends CrudRepository<ApiClient, UUID> {}
