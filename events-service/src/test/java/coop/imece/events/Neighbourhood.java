package coop.imece.events;

import coop.imece.events.supply.KnownOrganisation;
import coop.imece.events.supply.KnownRepresentation;
import coop.imece.platform.codelist.KnownCodeList;
import coop.imece.platform.codelist.KnownCodeLists;
import coop.imece.platform.inbox.View;
import coop.imece.platform.test.ContractAssertions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.test.context.TestComponent;

/// What the other services would have told this one before a test begins.
@TestComponent
public class Neighbourhood {

    private static final AtomicLong SEQUENCE = new AtomicLong();

    private final View<KnownOrganisation> organisations;
    private final View<KnownRepresentation> representations;
    private final View<KnownCodeList> lists;

    Neighbourhood(
            View<KnownOrganisation> organisations,
            View<KnownRepresentation> representations,
            View<KnownCodeList> lists) {
        this.organisations = organisations;
        this.representations = representations;
        this.lists = lists;
    }

    /// The code lists, as far as the tests use them.
    public void hasCodeLists() {
        list(
                "gathering-kinds",
                List.of(
                        "FAIR:Fuar:Fair",
                        "TRAINING:Eğitim:Training",
                        "WEBINAR:Çevrim içi:Webinar",
                        "CARAVAN:Kervan:Caravan:retired"));
        list(
                "topics",
                List.of("marketing:Pazarlama:Marketing", "finance:Finansman:Finance", "barter:Takas:Barter:retired"));
        list(
                "regions",
                List.of(
                        "TR-16:Bursa:Bursa",
                        "TR-35:İzmir:İzmir",
                        "SI041:Osrednjeslovenska:Central Slovenia",
                        "TR-67:Zonguldak:Zonguldak:retired",
                        "X:Bir yer:Somewhere"));
    }

    /// A verified organisation represented by the account; returns its id.
    public UUID hasSupporter(UUID account) {
        UUID organisation = hasOrganisation("VERIFIED");
        represents(account, organisation, "APPOINTED");
        return organisation;
    }

    public UUID hasOrganisation(String state) {
        return hasOrganisation(state, "Nilüfer Belediyesi");
    }

    public UUID hasOrganisation(String state, String name) {
        UUID id = UUID.randomUUID();
        organisationIs(id, state, name);
        return id;
    }

    public void organisationIs(UUID id, String state) {
        organisationIs(id, state, "Nilüfer Belediyesi");
    }

    private void organisationIs(UUID id, String state, String name) {
        organisations.apply(ContractAssertions.received(
                "directory.organisation.changed.v1", id, SEQUENCE.incrementAndGet(), """
                        {"state":{"id":"%s","type":"SUPPORTER","kind":"MUNICIPALITY",
                                  "name":{"tr":{"text":"%s","state":"SOURCE"}},
                                  "place":{"country":"TR","region":"TR-16"},
                                  "state":"%s","languages":["tr"],"sdgs":[]},
                         "fact":{"fields":[]}}""".formatted(id, name, state)));
    }

    public void represents(UUID account, UUID organisation, String state) {
        member(account, organisation, "REPRESENTATIVE", state);
    }

    public void member(UUID account, UUID organisation, String role, String state) {
        UUID id = new UUID(account.getMostSignificantBits(), organisation.getLeastSignificantBits());
        representations.apply(ContractAssertions.received(
                "directory.representation.appointed.v1", id, SEQUENCE.incrementAndGet(), """
                        {"state":{"id":"%s","organisation":"%s","account":"%s","role":"%s","state":"%s"},
                         "fact":{}}""".formatted(
                                id, organisation, account, role, state)));
    }

    private void list(String name, List<String> codes) {
        var rows = codes.stream()
                .map(code -> code.split(":"))
                .map(code -> """
                        {"code":"%s","labels":{"tr":"%s","en":"%s"},"active":%s}""".formatted(code[0], code[1], code[2], code.length < 4))
                .toList();
        lists.apply(ContractAssertions.received(
                "directory.code-list.changed.v1", KnownCodeLists.idOf(name), SEQUENCE.incrementAndGet(), """
                {"state":{"id":"%s","name":"%s","codes":[%s]},"fact":{"codes":[]}}""".formatted(
                                KnownCodeLists.idOf(name), name, String.join(",", rows))));
    }
}
