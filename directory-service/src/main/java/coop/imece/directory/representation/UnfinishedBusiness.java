package coop.imece.directory.representation;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Ends what needs two writes and got one before the process died: acceptances and handovers. Several instances may do
/// it at once; each step changes nothing when repeated.
@Component
class UnfinishedBusiness {

    private static final Logger LOG = LoggerFactory.getLogger(UnfinishedBusiness.class);

    private final InvitationAcceptance acceptance;
    private final RepresentativeChanges changes;

    UnfinishedBusiness(InvitationAcceptance acceptance, RepresentativeChanges changes) {
        this.acceptance = acceptance;
        this.changes = changes;
    }

    @Scheduled(initialDelay = 5, fixedDelay = 15, timeUnit = TimeUnit.SECONDS)
    void finish() {
        try {
            acceptance.finishAccepted();
            changes.finishHandovers();
        } catch (DataAccessException e) {
            LOG.warn(
                    "Unfinished business waits for the database: {}",
                    e.getClass().getName());
        }
    }
}
