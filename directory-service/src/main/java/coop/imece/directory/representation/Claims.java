package coop.imece.directory.representation;

import coop.imece.platform.aggregate.Ids;
import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.text.Language;
import coop.imece.platform.web.Problem;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Claims of organisations nobody represents: the link goes to the organisation's own contact point, never to whoever
/// asks for it, and whoever opens it there becomes the representative.
@Component
public class Claims {

    static final int MOST_A_DAY = 3;

    private final Representatives representatives;
    private final InvitationPost post;

    Claims(Representatives representatives, InvitationPost post) {
        this.representatives = representatives;
        this.post = post;
    }

    /// Sends the link; the refusal, if it is not sent.
    ///
    /// @param account who asks
    /// @param address a contact point of the organisation
    public Optional<Problem> send(UUID organisation, UUID account, InvitedAddress address, Language language) {
        if (representatives.represented(organisation)) {
            return Optional.of(Problem.of(409, "already-represented"));
        }
        Optional<Problem> refusal = post.takeClaim(MOST_A_DAY, organisation, account);
        if (refusal.isEmpty()) {
            post.send(
                    Ids.v7(),
                    Invitation.Purpose.CLAIM,
                    organisation,
                    OrganisationRole.REPRESENTATIVE,
                    new Invitation.Inviter(account, false),
                    address,
                    language);
        }
        return refusal;
    }
}
