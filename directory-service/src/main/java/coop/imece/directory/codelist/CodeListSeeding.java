package coop.imece.directory.codelist;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Gives an empty store the lists it starts with, from the files under `code-lists/`. A list that is there is left
/// alone: from then on the administrators keep it. Two instances starting together, or one killed half-way, end with
/// each list once, because its id follows from its name.
@Component
class CodeListSeeding implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(CodeListSeeding.class);

    private final CodeLists lists;
    private final JsonMapper json;

    CodeListSeeding(CodeLists lists, JsonMapper json) {
        this.lists = lists;
        this.json = json;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        for (CodeList list : fromFiles()) {
            if (lists.existsById(list.id())) {
                continue;
            }
            try {
                lists.save(list);
                LOG.info(
                        "Code list {} begun with {} codes",
                        list.name(),
                        list.codes().size());
            } catch (DuplicateKeyException e) {
                LOG.debug("Code list {} was begun by another instance", list.name());
            }
        }
    }

    /// The lists as the files give them, by name.
    List<CodeList> fromFiles() throws IOException {
        Resource[] files = new PathMatchingResourcePatternResolver().getResources("classpath:code-lists/*.json");
        return Arrays.stream(files)
                .map(this::read)
                .sorted(Comparator.comparing(CodeList::name))
                .toList();
    }

    private CodeList read(Resource file) {
        try (InputStream in = file.getInputStream()) {
            SeedList seed = json.readValue(in, SeedList.class);
            return CodeList.begin(
                    seed.name(),
                    seed.codes().stream()
                            .map(code -> new Code(code.code(), code.labels(), true, code.parent()))
                            .toList());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private record SeedList(String name, List<SeedCode> codes) {}

    private record SeedCode(
            String code,
            Map<String, String> labels,
            @Nullable String parent) {}
}
