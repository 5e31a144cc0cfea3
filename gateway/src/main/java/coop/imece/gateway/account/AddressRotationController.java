package coop.imece.gateway.account;

import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// The operator's command to encrypt everything under the primary key; on the internal connector only.
@RestController
class AddressRotationController {

    record Done(List<AddressRotation.Rotated> collections, boolean complete) {}

    private final AddressRotation rotation;

    AddressRotationController(AddressRotation rotation) {
        this.rotation = rotation;
    }

    /// `complete` when there was nothing left to do: then older keys may be dropped.
    @PostMapping("/internal/operations/address-rotation")
    Done rotate() {
        List<AddressRotation.Rotated> rotated = rotation.rotate();
        return new Done(rotated, rotated.stream().allMatch(each -> each.rewritten() == 0 && each.unreadable() == 0));
    }
}
