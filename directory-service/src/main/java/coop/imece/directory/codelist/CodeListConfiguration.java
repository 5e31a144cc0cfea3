package coop.imece.directory.codelist;

import coop.imece.platform.codelist.CodeListSource;
import coop.imece.platform.codelist.KnownCode;
import coop.imece.platform.codelist.KnownCodeList;
import coop.imece.platform.codelist.KnownCodeLists;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Labels and validity for the service that owns the lists: read from the truth, so there is nothing to wait for.
@Configuration(proxyBeanMethods = false)
class CodeListConfiguration {

    @Bean
    KnownCodeLists knownCodeLists(CodeLists lists) {
        return new KnownCodeLists(new CodeListSource() {
            @Override
            public Optional<KnownCodeList> find(String name) {
                return lists.findById(KnownCodeLists.idOf(name)).map(CodeListConfiguration::known);
            }

            @Override
            public Optional<KnownCodeList> await(String name) {
                return find(name);
            }
        });
    }

    private static KnownCodeList known(CodeList list) {
        return new KnownCodeList(
                list.name(),
                list.codes().stream()
                        .map(code -> new KnownCode(code.code(), code.labels(), code.active(), code.parent()))
                        .toList());
    }
}
