package coop.imece.gateway.signin;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.CrudRepository;

/// All attempts to sign in.
interface SignIns extends CrudRepository<SignIn, UUID> {

    Optional<SignIn> findByLinkHash(String linkHash);
}
