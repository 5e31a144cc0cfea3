package coop.imece.events.gathering;

import coop.imece.platform.codelist.KnownCodeLists;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Puts the reader of gatherings together with the code lists of the network.
@Configuration(proxyBeanMethods = false)
class GatheringSetup {

    @Bean
    GatheringReader gatheringReader(KnownCodeLists lists, JsonMapper json) {
        return new GatheringReader(
                new Codes() {
                    @Override
                    public boolean usable(String list, String code) {
                        return lists.isKnown(list, code);
                    }

                    @Override
                    public List<String> nearest(String list, String code) {
                        return lists.nearest(list, code);
                    }
                },
                json);
    }
}
