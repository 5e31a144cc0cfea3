package coop.imece.directory.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import coop.imece.platform.security.OrganisationRole;
import coop.imece.platform.test.ServiceTest;
import coop.imece.platform.test.TestBroker;
import coop.imece.platform.test.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@ServiceTest
class RepresentativesIntegrationTests {

    private static final TestTokens TOKENS = TestTokens.of("directory-service");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    private MockMvc web;

    @Autowired
    private Representatives representatives;

    @Autowired
    private Representations representations;

    @Autowired
    private RepresentativeChanges changes;

    private final UUID organisation = UUID.randomUUID();
    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();
    private final String people = "/api/v1/organisations/" + organisation + "/representatives";

    @BeforeEach
    void register() throws Exception {
        web.perform(put("/api/v1/organisations/" + organisation)
                        .header("Authorization", TOKENS.account(first))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("""
                                {"type":"COOPERATIVE","kind":"KGI","name":{"tr":"Tomurcuk %s"},
                                 "place":{"country":"TR","region":"TR-16"}}""".formatted(organisation)))
                .andExpect(status().isCreated());
    }

    private ResultActions as(UUID account, MockHttpServletRequestBuilder request) throws Exception {
        return web.perform(request.header("Authorization", TOKENS.account(account)));
    }

    private ResultActions appoint(UUID by, UUID account, OrganisationRole role) throws Exception {
        return as(
                by,
                post(people)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"account\":\"%s\",\"role\":\"%s\"}".formatted(account, role)));
    }

    private ResultActions change(UUID by, UUID account, String role, String version) throws Exception {
        return as(
                by,
                patch(people + "/" + account)
                        .header("If-Match", version)
                        .contentType("application/merge-patch+json")
                        .content("{\"role\":\"" + role + "\"}"));
    }

    private ResultActions handOver(UUID by, UUID account) throws Exception {
        return as(
                by,
                post("/api/v1/organisations/" + organisation + "/handover")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"account\":\"" + account + "\"}"));
    }

    @Test
    void appointsInARoleChangesItAndTellsTheOthersEachTime() throws Exception {
        appoint(first, second, OrganisationRole.EDITOR)
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.role").value("EDITOR"))
                .andExpect(header().string("ETag", "\"0\""));
        appoint(first, second, OrganisationRole.EDITOR).andExpect(status().isOk());
        appoint(first, second, OrganisationRole.VIEWER)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type", containsString("already-appointed")));
        change(first, second, "REPORTER", "\"7\"").andExpect(status().isPreconditionFailed());
        as(
                        first,
                        patch(people + "/" + second)
                                .contentType("application/merge-patch+json")
                                .content("{\"role\":\"REPORTER\"}"))
                .andExpect(status().is(428));
        change(first, second, "REPORTER", "\"0\"")
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"1\""))
                .andExpect(jsonPath("$.role").value("REPORTER"));
        as(first, get(people + "/" + second)).andExpect(jsonPath("$.role").value("REPORTER"));
        as(first, get(people)).andExpect(jsonPath("$.total").value(2));

        UUID id = Representation.idOf(organisation, second);
        try (TestBroker broker = new TestBroker()) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(broker.records("directory.representation.v1", id))
                            .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                            .satisfiesExactly(
                                    one -> assertThat(one).contains("\"role\":\"EDITOR\""),
                                    two -> assertThat(two)
                                            .contains("\"role\":\"REPORTER\"")
                                            .contains("\"APPOINTED\"")));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(broker.records("platform.audit.v1", id))
                            .as("each change is in the audit")
                            .hasSize(2)
                            .allSatisfy(record -> assertThat(new String(record.value(), StandardCharsets.UTF_8))
                                    .contains(first.toString())));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = OrganisationRole.class,
            names = {"EDITOR", "REPORTER", "VIEWER"})
    void othersSeeAndDecideNothingButMayLeave(OrganisationRole role) throws Exception {
        appoint(first, second, role).andExpect(status().isCreated());
        as(second, get(people)).andExpect(status().isForbidden());
        as(second, get(people + "/" + second)).andExpect(status().isOk());
        appoint(second, UUID.randomUUID(), OrganisationRole.VIEWER).andExpect(status().isForbidden());
        change(second, second, "REPRESENTATIVE", "\"0\"").andExpect(status().isForbidden());
        as(second, delete(people + "/" + first)).andExpect(status().isForbidden());
        handOver(second, first).andExpect(status().isForbidden());
        as(second, delete(people + "/" + second)).andExpect(status().isNoContent());
        assertThat(representatives.roleOf(organisation, second)).isEmpty();
    }

    @Test
    void keepsTheLastRepresentativeWhateverElseThereIs() throws Exception {
        appoint(first, second, OrganisationRole.EDITOR).andExpect(status().isCreated());
        as(first, delete(people + "/" + first))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type", containsString("last-representative")));
        change(first, first, "VIEWER", "\"0\"")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type", containsString("last-representative")));
        web.perform(delete(people + "/" + first).header("Authorization", TOKENS.administrator(UUID.randomUUID())))
                .andExpect(status().isConflict());
        assertThat(representatives.represents(organisation, first)).isTrue();

        change(first, second, "REPRESENTATIVE", "\"0\"").andExpect(status().isOk());
        as(first, delete(people + "/" + first)).andExpect(status().isNoContent());
        assertThat(representatives.roleOf(organisation, first)).isEmpty();
    }

    @RepeatedTest(5)
    void ofTwoWhoDismissEachOtherAtOnceOneStays() throws Exception {
        appoint(first, second, OrganisationRole.REPRESENTATIVE).andExpect(status().isCreated());
        List<Integer> statuses = atOnce(
                () -> as(first, delete(people + "/" + second))
                        .andReturn()
                        .getResponse()
                        .getStatus(),
                () -> as(second, delete(people + "/" + first))
                        .andReturn()
                        .getResponse()
                        .getStatus());

        assertThat(representatives.represented(organisation)).as("%s", statuses).isTrue();
        assertThat(statuses).containsAnyOf(409, 403, 404);
    }

    @RepeatedTest(5)
    void ofTwoWhoLeaveAtOnceOneStays() throws Exception {
        appoint(first, second, OrganisationRole.REPRESENTATIVE).andExpect(status().isCreated());
        List<Integer> statuses = atOnce(
                () -> as(first, delete(people + "/" + first))
                        .andReturn()
                        .getResponse()
                        .getStatus(),
                () -> change(second, second, "VIEWER", "\"0\"")
                        .andReturn()
                        .getResponse()
                        .getStatus());

        assertThat(representatives.represented(organisation)).as("%s", statuses).isTrue();
        assertThat(statuses).contains(409);
    }

    @SafeVarargs
    private static List<Integer> atOnce(Callable<Integer>... requests) throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            return pool.invokeAll(List.of(requests)).stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    @Test
    void handsOverToSomebodyWhoActsForItAlready() throws Exception {
        handOver(first, second)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type", containsString("cannot-hand-over")));
        handOver(first, first).andExpect(status().isConflict());
        appoint(first, second, OrganisationRole.VIEWER).andExpect(status().isCreated());
        handOver(first, second).andExpect(status().isNoContent());

        assertThat(representatives.represents(organisation, second)).isTrue();
        assertThat(representatives.roleOf(organisation, first)).isEmpty();
        assertThat(representatives.endedLately(first)).as("by oneself").isEmpty();
        as(first, get(people)).andExpect(status().isNotFound());
    }

    @Test
    void aHandoverCutShortHeals() throws Exception {
        appoint(first, second, OrganisationRole.VIEWER).andExpect(status().isCreated());
        Representation successor = representations
                .findById(Representation.idOf(organisation, second))
                .orElseThrow();
        successor.appointAs(OrganisationRole.REPRESENTATIVE, representatives.now());
        successor.takeOverFrom(first);
        representations.save(successor);
        assertThat(representatives.represents(organisation, first))
                .as("the second write is missing")
                .isTrue();

        changes.finishHandovers();

        assertThat(representatives.represents(organisation, second)).isTrue();
        assertThat(representatives.roleOf(organisation, first)).isEmpty();
        changes.finishHandovers();
        assertThat(representations
                        .findById(Representation.idOf(organisation, second))
                        .orElseThrow()
                        .handoverFrom())
                .isNull();
    }

    @Test
    void anUnfinishedHandoverIsOffIfTheSuccessorIsGone() throws Exception {
        appoint(first, second, OrganisationRole.REPRESENTATIVE).andExpect(status().isCreated());
        Representation successor = representations
                .findById(Representation.idOf(organisation, second))
                .orElseThrow();
        successor.takeOverFrom(first);
        representations.save(successor);
        as(first, delete(people + "/" + second)).andExpect(status().isNoContent());

        changes.finishHandovers();

        assertThat(representatives.represents(organisation, first)).isTrue();
    }

    @Test
    void anErasedAccountActsForNobodyEvenIfItWasTheLast() {
        representatives.accountErased(first);
        representatives.accountErased(first);

        assertThat(representatives.represented(organisation)).isFalse();
        assertThat(representatives.organisationsOf(first)).isEmpty();
        representatives.appointFirst(organisation, first);
        assertThat(representatives.represented(organisation))
                .as("who registered it is not appointed again")
                .isFalse();
    }

    @Test
    void whoIsDismissedSeesItOnTheDeskAndActsNoMore() throws Exception {
        appoint(first, second, OrganisationRole.EDITOR).andExpect(status().isCreated());
        as(first, delete(people + "/" + second)).andExpect(status().isNoContent());

        as(
                        second,
                        patch("/api/v1/organisations/" + organisation)
                                .header("If-Match", "\"0\"")
                                .contentType("application/merge-patch+json")
                                .content("{\"sdgs\":[\"5\"]}"))
                .andExpect(status().isNotFound());
        as(second, get("/fragments/organisations/desk").header("Accept-Language", "tr"))
                .andExpect(content().string(containsString("Tomurcuk " + organisation)));
        assertThat(representatives.endedLately(second))
                .singleElement()
                .satisfies(ended -> assertThat(ended.organisation()).isEqualTo(organisation));
    }

    @ParameterizedTest
    @EnumSource(BadAppointment.class)
    void saysWhatIsWrongWithAnAppointment(BadAppointment bad) throws Exception {
        as(first, post(people).contentType(MediaType.APPLICATION_JSON).content(bad.body))
                .andExpect(status().is(bad.status));
        assertThat(representations.findByOrganisationAndStateOrderBySinceAscIdAsc(
                        organisation, Representation.State.APPOINTED))
                .hasSize(1);
    }

    enum BadAppointment {
        NOBODY("{}", 422),
        NO_ID("{\"account\":\"somebody\"}", 422),
        INVENTED_ROLE("{\"account\":\"0192f0c1-0000-7000-8000-00000000acc1\",\"role\":\"KING\"}", 422),
        UNKNOWN_FIELD("{\"account\":\"0192f0c1-0000-7000-8000-00000000acc1\",\"name\":\"x\"}", 422),
        MALFORMED("{", 400);

        private final String body;
        private final int status;

        BadAppointment(String body, int status) {
            this.body = body;
            this.status = status;
        }
    }
}
