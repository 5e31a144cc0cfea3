package coop.imece.gateway.session;

import java.util.Optional;

/// Recognises registered programs; what a program is, only the package of programs knows.
public interface Programs {

    /// The program an access token was issued to, with what it may do now; empty if the token is not to be trusted or
    /// the program was ended.
    Optional<Visitor> holderOf(String accessToken);
}
