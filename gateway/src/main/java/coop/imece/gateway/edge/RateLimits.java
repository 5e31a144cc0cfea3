package coop.imece.gateway.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import coop.imece.gateway.session.NetworkPrefix;
import coop.imece.gateway.session.PublicAddress;
import coop.imece.gateway.session.Visitor;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/// How much a person, a program, or a network of people we do not know may ask for.
///
/// Each has a budget of work a minute ([Work] says what a request costs) and, within it, a number of requests of each
/// kind. Signing in and assets are counted by network, whoever asks. Above all that stands a ceiling for a network, its
/// signed-in people and refused tokens included, which is asked before anything is looked up.
///
/// Everything here is counted **per instance**: with two gateways each gives the whole. Shared by all instances,
/// because they are kept with the address in the store, are the limits to codes for one address (`imece.sign-in`).
///
/// Memory is bounded: a bucket is forgotten as soon as it would be full again, which changes nothing, and when there
/// are more than [#MOST] of them the least used are forgotten sooner.
@Component
class RateLimits {

    static final int MOST = 200_000;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);

    /// `imece.limits`. Work is in tokens, all else in requests, all a minute if nothing else is said.
    ///
    /// @param work of one person
    /// @param reads of one person: one thing by its address
    /// @param lists of one person: lists and searches
    /// @param writes of one person
    /// @param expensive of one person: composed pages, estimates of reach
    /// @param programFactor how many people a program counts as
    /// @param networkFactor how many people those not signed in of one network count as
    /// @param ceiling work of one network, whoever asks
    /// @param assets of one network
    /// @param signIns of one network: codes and tokens asked for and tried
    /// @param signInsPerDay the same in 24 hours
    /// @param refusedToken what a bearer token that is refused costs its network, in tokens
    /// @param loopbackFactor how much more of everything an installation on somebody's own machine gives
    @ConfigurationProperties("imece.limits")
    record Settings(
            @DefaultValue("2400") int work,
            @DefaultValue("1200") int reads,
            @DefaultValue("600") int lists,
            @DefaultValue("240") int writes,
            @DefaultValue("90") int expensive,
            @DefaultValue("2") int programFactor,
            @DefaultValue("5") int networkFactor,
            @DefaultValue("36000") int ceiling,
            @DefaultValue("6000") int assets,
            @DefaultValue("60") int signIns,
            @DefaultValue("1000") int signInsPerDay,
            @DefaultValue("20") int refusedToken,
            @DefaultValue("1000") int loopbackFactor) {}

    /// What a bucket counts.
    ///
    /// @param kind requests of this kind, or null: the work of all kinds
    /// @param who a person, a program, a network
    private record Key(@Nullable Work kind, String who) {}

    /// @param memory how long it takes to fill up again, and so how long it has to be remembered unused
    private record Remembered(Bucket bucket, Duration memory) {}

    private final Cache<Key, Remembered> buckets;
    private final Settings settings;
    private final TimeMeter time;
    private final int factor;

    @Autowired
    RateLimits(Settings settings, PublicAddress address) {
        this(settings, address.loopback(), TimeMeter.SYSTEM_NANOTIME, MOST);
    }

    RateLimits(Settings settings, boolean loopback, TimeMeter time, int most) {
        this.settings = settings;
        this.time = time;
        this.factor = loopback ? settings.loopbackFactor() : 1;
        this.buckets = Caffeine.newBuilder()
                .expireAfter(Expiry.<Key, Remembered>accessing((_, remembered) -> remembered.memory()))
                .ticker(time::currentTimeNanos)
                .maximumSize(most)
                .build();
    }

    /// How long to wait; empty if the request may pass.
    Optional<Duration> pause(Work work, Visitor visitor, String remoteAddress) {
        if (work == Work.ASSET || work == Work.SIGN_IN) {
            return taken(new Key(work, "network:" + network(remoteAddress)), 1);
        }
        Key ofKind = new Key(work, who(visitor, remoteAddress));
        Optional<Duration> pause = taken(ofKind, 1);
        if (pause.isEmpty()) {
            pause = taken(new Key(null, ofKind.who()), work.tokens());
            if (pause.isPresent()) {
                bucket(ofKind).addTokens(1);
            }
        }
        return pause;
    }

    /// The same for the network's ceiling, before it is known who asks.
    Optional<Duration> pauseOfNetwork(Work work, String remoteAddress) {
        return taken(ceiling(remoteAddress), work.tokens());
    }

    /// A bearer token was refused: guessing costs more than asking.
    void tokenRefused(String remoteAddress) {
        bucket(ceiling(remoteAddress)).tryConsumeAsMuchAsPossible(settings.refusedToken());
    }

    /// How many buckets are remembered, after forgetting what may be forgotten.
    long remembered() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private static Key ceiling(String remoteAddress) {
        return new Key(null, "ceiling:" + network(remoteAddress));
    }

    private static String who(Visitor visitor, String remoteAddress) {
        if (!visitor.signedIn()) {
            return "network:" + network(remoteAddress);
        }
        return visitor.client() == null ? "person:" + visitor.account() : "program:" + visitor.client();
    }

    private Optional<Duration> taken(Key key, int tokens) {
        var probe = bucket(key).tryConsumeAndReturnRemaining(tokens);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private Bucket bucket(Key key) {
        return buckets.get(key, this::full).bucket();
    }

    private Remembered full(Key key) {
        var builder = Bucket.builder().withCustomTimePrecision(time);
        long perMinute = perMinute(key);
        builder.addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, MINUTE));
        if (key.kind() != Work.SIGN_IN) {
            return new Remembered(builder.build(), MINUTE);
        }
        long perDay = (long) settings.signInsPerDay() * factor;
        builder.addLimit(limit -> limit.capacity(perDay).refillGreedy(perDay, DAY));
        return new Remembered(builder.build(), DAY);
    }

    private long perMinute(Key key) {
        String who = key.who();
        Work kind = key.kind();
        if (who.startsWith("ceiling:")) {
            return (long) settings.ceiling() * factor;
        }
        long people = who.startsWith("network:")
                ? settings.networkFactor()
                : who.startsWith("program:") ? settings.programFactor() : 1;
        long tokens = kind == null
                ? settings.work() * people
                : switch (kind) {
                    case ASSET -> settings.assets();
                    case SIGN_IN -> settings.signIns();
                    case READ -> settings.reads() * people;
                    case LIST -> settings.lists() * people;
                    case WRITE -> settings.writes() * people;
                    case EXPENSIVE -> settings.expensive() * people;
                };
        return tokens * factor;
    }

    /// The network an address belongs to: /24, or /48 of IPv6.
    static String network(String address) {
        return NetworkPrefix.of(address);
    }
}
