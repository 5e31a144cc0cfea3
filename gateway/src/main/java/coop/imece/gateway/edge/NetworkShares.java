package coop.imece.gateway.edge;

import coop.imece.gateway.session.NetworkPrefix;
import coop.imece.gateway.session.PublicAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/// What all requests of one network ([NetworkPrefix]) may hold at a time: so many places, and so much of the memory for
/// bodies and answers. Those who send or read slowly take nothing from other networks so. Counted by each instance; an
/// installation on somebody's own machine knows one network only and shares nothing out.
@Component
final class NetworkShares {

    /// `imece.shares`.
    ///
    /// @param requests from the first byte of the body to the last of the answer
    /// @param memory a part of `imece.bodies.memory`
    @ConfigurationProperties("imece.shares")
    record Settings(
            @DefaultValue("200") int requests,
            @DefaultValue("6MB") DataSize memory) {}

    private static final class Held {
        private int requests;
        private int blocks;
    }

    private final ConcurrentMap<String, Held> networks = new ConcurrentHashMap<>();
    private final int mostRequests;
    private final int mostBlocks;

    @Autowired
    NetworkShares(Settings settings, PublicAddress address) {
        this(settings, address.loopback());
    }

    NetworkShares(Settings settings, boolean loopback) {
        this.mostRequests = loopback ? Integer.MAX_VALUE : settings.requests();
        this.mostBlocks =
                loopback ? Integer.MAX_VALUE : Math.toIntExact(settings.memory().toBytes() / Buffers.BLOCK);
    }

    /// A place for one more request; null if the network has all of its share.
    @Nullable
    Place place(String remoteAddress) {
        Place place = new Place(NetworkPrefix.of(remoteAddress));
        networks.compute(place.network, (_, held) -> {
            Held all = held == null ? new Held() : held;
            place.taken = all.requests < mostRequests;
            all.requests += place.taken ? 1 : 0;
            return all;
        });
        return place.taken ? place : null;
    }

    /// How many networks hold anything.
    int networks() {
        return networks.size();
    }

    /// What one request holds; given back by closing it.
    final class Place implements AutoCloseable {

        private final String network;
        private boolean taken;
        private int blocks;

        private Place(String network) {
            this.network = network;
        }

        /// Whether the network may hold so many blocks more ([Buffers#BLOCK]).
        boolean add(int more) {
            boolean[] fits = new boolean[1];
            networks.computeIfPresent(network, (_, all) -> {
                fits[0] = more <= mostBlocks - all.blocks;
                all.blocks += fits[0] ? more : 0;
                return all;
            });
            blocks += fits[0] ? more : 0;
            return fits[0];
        }

        @Override
        public void close() {
            networks.computeIfPresent(network, (_, all) -> {
                all.requests--;
                all.blocks -= blocks;
                return all.requests == 0 ? null : all;
            });
        }
    }
}
