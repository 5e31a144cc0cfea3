package coop.imece.gateway.edge;

import org.springframework.context.ApplicationContext;

/// Where a gateway of a test is reached from inside.
public final class InternalPort {

    private InternalPort() {}

    public static int of(ApplicationContext gateway) {
        return gateway.getBean(InternalConnector.class).port();
    }
}
