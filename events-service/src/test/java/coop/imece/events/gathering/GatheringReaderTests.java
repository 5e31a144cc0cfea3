package coop.imece.events.gathering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import coop.imece.platform.json.PlatformJson;
import coop.imece.platform.text.LocalisedText;
import coop.imece.platform.web.Checks;
import coop.imece.platform.web.FieldError;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class GatheringReaderTests {

    private static final UUID ID = GatheringFixtures.FAIR;
    private final JsonMapper json = PlatformJson.strict();
    private final GatheringReader reader = new GatheringReader(new FewCodes(), json);

    private final ObjectNode body = (ObjectNode) json.readTree("""
            {"organiser":"0192f0c1-7d3a-7c11-8f00-6b1e5a2c9d01","kind":"FAIR","topics":["marketing"],
             "title":{"tr":"Nilüfer Üretici Fuarı","he":{"text":"יריד יצרנים בנילופר","state":"REVIEWED"}},
             "description":{"tr":"Yirmi kooperatifin ürünleri bir arada."},
             "starts":{"at":"2027-05-07T10:00:00+03:00","zone":"Europe/Istanbul"},
             "ends":{"at":"2027-05-08T18:00:00+03:00","zone":"Europe/Istanbul"},
             "place":{"country":"TR","region":"TR-16","locality":"Nilüfer"}}""");

    @Test
    void readsWhatTheMainJobSends() {
        var checks = new Checks();

        var content = reader.content(body, ID, "tr", checks);

        assertThat(checks.errors()).isEmpty();
        assertThat(content).isNotNull();
        assertThat(content.timing().starts().at()).hasToString("2027-05-07T10:00+03:00");
        assertThat(reader.organiser(body, checks)).isEqualTo(GatheringFixtures.NILUFER);
    }

    @Test
    void takesAPlainTextAsTheRequestsLanguage() {
        body.put("title", "Sejem zadrug");

        var content = reader.content(body, ID, "sl", new Checks());

        assertThat(content).isNotNull();
        assertThat(content.title()).isEqualTo(LocalisedText.of("sl", "Sejem zadrug"));
    }

    @Test
    void whatItWroteItReadsAgainAsTheSame() {
        var gathering = GatheringFixtures.aDraft();

        var again = reader.content(reader.written(gathering), ID, "tr", new Checks());

        assertThat(again).isEqualTo(gathering.content());
    }

    @ParameterizedTest
    @ValueSource(strings = {"90.5", "-1e300", "1e400", "LONG", "-LONG"})
    void refusesDegreesOffTheGlobeHoweverManyDigitsTheyHave(String lat) {
        var checks = new Checks();
        body.set(
                "place",
                json.readTree("{\"country\":\"TR\",\"point\":{\"lat\":%s,\"lon\":28.98}}"
                        .formatted(lat.replace("LONG", "1" + "0".repeat(400)))));

        assertThat(reader.content(body, ID, "tr", checks)).isNull();
        assertThat(checks.errors())
                .extracting(FieldError::pointer, FieldError::code)
                .containsExactly(tuple("#/place/point/lat", "out-of-range"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "title         | null                                       | #/title            | required",
                "title         | {}                                         | #/title            | required",
                "title         | 7                                          | #/title            | wrong-type",
                "title         | []                                         | #/title            | wrong-type",
                "title         | {\"tr\":\"\"}                              | #/title/tr         | required",
                "title         | {\"tr\":7}                                 | #/title/tr         | wrong-type",
                "title         | {\"xx\":\"a\"}                             | #/title/xx         | invalid-language",
                "title         | {\"tr\":\"a\\r\\nBcc: x\"}                 | #/title/tr         | control-character",
                "title         | {\"tr\":\"a\\u0000b\"}                     | #/title/tr         | control-character",
                "title         | {\"tr\":\"a\\u2028b\"}                     | #/title/tr         | control-character",
                "title         | {\"tr\":\"a\\ud800b\"}                     | #/title/tr         | control-character",
                "title         | {\"tr\":{\"text\":\"a\",\"state\":\"X\"}}  | #/title/tr/state   | unknown-code",
                "title         | {\"tr\":{\"text\":\"a\",\"by\":\"X\"}}     | #/title/tr/by      | unknown-field",
                "title         | {\"tr\":{\"state\":\"SOURCE\"}}            | #/title/tr/text    | required",
                "kind          | null                                       | #/kind             | required",
                "kind          | \"FAIRR\"                                  | #/kind             | unknown-code",
                "kind          | 1                                          | #/kind             | wrong-type",
                "topics        | \"marketing\"                              | #/topics           | wrong-type",
                "topics        | [\"marketing\",\"magic\"]                  | #/topics/1         | unknown-code",
                "topics        | [1]                                        | #/topics/0         | wrong-type",
                "topics        | [1,2,3,4,5,6,7,8,9,10,11]                  | #/topics           | too-many",
                "starts        | null                                       | #/starts           | required",
                "starts        | \"2027-05-07\"                             | #/starts           | wrong-type",
                "starts        | {\"zone\":\"Europe/Istanbul\"}             | #/starts/at        | required",
                "starts        | {\"at\":\"2027-02-30T10:00:00+03:00\",\"zone\":\"Europe/Istanbul\"} | #/starts/at | invalid-date",
                "starts        | {\"at\":\"2027-05-07T10:00:00\",\"zone\":\"Europe/Istanbul\"} | #/starts/at | invalid-date",
                "starts        | {\"at\":\"9999-05-07T10:00:00+03:00\",\"zone\":\"Europe/Istanbul\"} | #/starts/at | invalid-date",
                "starts        | {\"at\":\"+999999999-05-07T10:00:00+03:00\",\"zone\":\"Europe/Istanbul\"} | #/starts/at | invalid-date",
                "starts        | {\"at\":\"2027-05-07T10:00:00+03:00\",\"zone\":\"Mars/Olympus\"} | #/starts/zone | invalid-zone",
                "starts        | {\"at\":\"2027-05-07T10:00:00+03:00\",\"zone\":\"+03:00\"} | #/starts/zone | invalid-zone",
                "starts        | {\"at\":\"2027-05-07T10:00:00Z\",\"zone\":\"Europe/Istanbul\"} | #/starts/at | offset-disagrees",
                "starts        | {\"at\":\"2027-03-28T02:30:00+01:00\",\"zone\":\"Europe/Rome\"} | #/starts/at | offset-disagrees",
                "starts        | {\"at\":\"2027-05-09T10:00:00+03:00\",\"zone\":\"Europe/Istanbul\"} | #/ends/at | before-start",
                "starts        | {\"at\":\"2026-05-06T10:00:00+03:00\",\"zone\":\"Europe/Istanbul\"} | #/ends/at | lasts-too-long",
                "place         | \"Bursa\"                                  | #/place            | wrong-type",
                "place         | {}                                         | #/place/country    | required",
                "place         | {\"country\":\"ZZ\"}                       | #/place/country    | unknown-code",
                "place         | {\"country\":\"IT\",\"region\":\"TR-16\"}  | #/place/region     | region-elsewhere",
                "place         | {\"country\":\"TR\",\"region\":\"TR-99\"}  | #/place/region     | unknown-code",
                "place         | {\"country\":\"TR\",\"street\":\"x\"}      | #/place/street     | unknown-field",
                "place         | {\"country\":\"TR\",\"locality\":\" \"}    | #/place/locality   | required",
                "place         | {\"country\":\"TR\",\"point\":{\"lat\":91,\"lon\":0}} | #/place/point/lat | out-of-range",
                "place         | {\"country\":\"TR\",\"point\":{\"lat\":1}} | #/place/point/lon  | required",
                "link          | \"javascript:alert(1)\"                    | #/link             | invalid-url",
                "link          | \"https://\"                               | #/link             | invalid-url",
                "link          | \"https://user:pw@a.example\"              | #/link             | invalid-url",
                "link          | \"not a link\"                             | #/link             | invalid-url",
                "link          | {}                                         | #/link             | wrong-type",
                "sdgs          | [\"18\"]                                   | #/sdgs/0           | unknown-code",
                "languages     | [\"klingon\"]                              | #/languages/0      | invalid-language",
                "organiser     | null                                       | #/organiser        | required",
                "organiser     | \"1-1-1-1-1\"                              | #/organiser        | invalid-id",
                "id            | \"0192f0c2-9999-7222-8333-444455556666\"   | #/id               | read-only",
                "state         | \"ANNOUNCED\"                              | #/state            | read-only",
                "revision      | 3                                          | #/revision         | read-only",
                "organiserName | {\"tr\":\"x\"}                             | #/organiserName    | read-only",
                "colour        | 1                                          | #/colour           | unknown-field",
                "a/b~c         | 1                                          | #/a~1b~0c          | unknown-field",
            })
    void refusesByPointer(String field, String value, String pointer, String code) {
        body.set(field, json.readTree(value));

        assertThat(errors()).extracting(FieldError::pointer, FieldError::code).contains(tuple(pointer, code));
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        body.put("kind", "FAIRR").put("link", "x y").put("colour", "red");

        assertThat(errors()).hasSize(3);
    }

    @Test
    void suggestsCodesThatAreNear() {
        body.put("kind", "FAIRR");

        assertThat(errors().getFirst().args()).containsExactly("FAIR, TRAINING");
    }

    @Test
    void refusesATitleOfMoreThanTwoHundredCharacters() {
        body.put("title", "ü".repeat(200));
        assertThat(errors()).isEmpty();

        body.put("title", "ü".repeat(201));
        assertThat(errors()).containsExactly(FieldError.of("#/title", "too-long", 200));
    }

    @Test
    void refusesADescriptionOfMoreThanEightThousandCharacters() {
        body.put("description", "😀".repeat(8000));
        assertThat(errors()).isEmpty();

        body.put("description", "x".repeat(8001));
        assertThat(errors()).containsExactly(FieldError.of("#/description", "too-long", 8000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"})
    void takesBothHoursWhenTheClockIsPutBack(String at) {
        body.set("starts", json.createObjectNode().put("at", at).put("zone", "Europe/Rome"));

        assertThat(errors()).isEmpty();
    }

    @Test
    void namesOnlyTheFirstFewOfManyStrangeFields() {
        for (int i = 0; i < 1000; i++) {
            body.put("strange" + i, i);
        }

        assertThat(errors()).hasSizeLessThan(30);
    }

    @Test
    void keepsACodeThatWasRetiredMeanwhile() {
        var market = GatheringFixtures.about(GatheringFixtures.aFair(), "OLD_KIND", List.of("old-topic"));
        var gathering = GatheringFixtures.aDraft(market);
        var checks = new Checks();

        reader.keeping(market).content(reader.written(gathering), ID, "tr", checks);

        assertThat(checks.errors()).isEmpty();
    }

    private List<FieldError> errors() {
        var checks = new Checks();
        reader.organiser(body, checks);
        reader.content(body, ID, "tr", checks);
        return checks.errors();
    }

    private static final class FewCodes implements Codes {

        private static final Set<String> KNOWN = Set.of("FAIR", "TRAINING", "marketing", "finance", "TR-16");

        @Override
        public boolean usable(String list, String code) {
            return KNOWN.contains(code);
        }

        @Override
        public List<String> nearest(String list, String code) {
            return List.of("FAIR", "TRAINING");
        }
    }
}
