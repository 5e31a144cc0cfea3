package coop.imece.gateway;

import coop.imece.gateway.account.AddressKeys;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/// The gateway's process; or, asked for it, a change of the keyset its addresses are encrypted with ([AddressKeys]).
@SpringBootApplication
@ConfigurationPropertiesScan
class GatewayApplication {

    public static void main(String[] args) {
        if (AddressKeys.asked(args)) {
            AddressKeys.carryOut(args);
        } else {
            SpringApplication.run(GatewayApplication.class, args);
        }
    }
}
