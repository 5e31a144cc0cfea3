package coop.imece.gateway.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import coop.imece.gateway.session.PublicAddress;
import coop.imece.gateway.session.Visitor;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/// How much one person, or one network of people we do not know, may ask for. Counted per instance.
@Component
class RateLimits {

    private static final int IPV4_PREFIX_BYTES = 3;
    private static final int IPV6_PREFIX_BYTES = 6;

    /// What requests are counted as.
    enum Kind {
        READ,
        WRITE,
        SIGN_IN
    }

    /// `imece.limits`.
    ///
    /// @param reads per minute
    /// @param writes per minute
    /// @param signIns per minute: codes asked for and codes tried
    /// @param signInsPerDay the same in 24 hours
    /// @param loopbackFactor how much more of everything an installation on somebody's own machine gives
    @ConfigurationProperties("imece.limits")
    record Settings(
            @DefaultValue("1200") int reads,
            @DefaultValue("240") int writes,
            @DefaultValue("30") int signIns,
            @DefaultValue("500") int signInsPerDay,
            @DefaultValue("1000") int loopbackFactor) {}

    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofHours(25))
            .maximumSize(200_000)
            .build();
    private final Settings settings;
    private final int factor;

    RateLimits(Settings settings, PublicAddress address) {
        this.settings = settings;
        this.factor = address.loopback() ? settings.loopbackFactor() : 1;
    }

    /// How long to wait; empty if the request may pass.
    Optional<Duration> pause(Kind kind, Visitor visitor, String remoteAddress) {
        // Signing in is counted by network even for those signed in: it is about addresses, not about accounts.
        String who = visitor.signedIn() && kind != Kind.SIGN_IN
                ? "account:" + visitor.account()
                : "network:" + network(remoteAddress);
        Bucket bucket = buckets.get(kind + ":" + who, _ -> bucket(kind));
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private Bucket bucket(Kind kind) {
        BucketConfiguration configuration = switch (kind) {
            case READ -> perMinute(settings.reads());
            case WRITE -> perMinute(settings.writes());
            case SIGN_IN ->
                BucketConfiguration.builder()
                        .addLimit(limit -> limit.capacity(times(settings.signIns()))
                                .refillGreedy(times(settings.signIns()), Duration.ofMinutes(1)))
                        .addLimit(limit -> limit.capacity(times(settings.signInsPerDay()))
                                .refillGreedy(times(settings.signInsPerDay()), Duration.ofDays(1)))
                        .build();
        };
        var builder = Bucket.builder();
        for (var bandwidth : configuration.getBandwidths()) {
            builder.addLimit(bandwidth);
        }
        return builder.build();
    }

    private BucketConfiguration perMinute(int tokens) {
        return BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(times(tokens)).refillGreedy(times(tokens), Duration.ofMinutes(1)))
                .build();
    }

    private long times(int tokens) {
        return (long) tokens * factor;
    }

    /// The network an address belongs to: /24, or /48 of IPv6.
    static String network(String address) {
        try {
            byte[] bytes =
                    InetAddress.ofLiteral(address.replaceFirst("%.*", "")).getAddress();
            int prefix = bytes.length == 4 ? IPV4_PREFIX_BYTES : IPV6_PREFIX_BYTES;
            return HexFormat.of().formatHex(Arrays.copyOf(bytes, prefix));
        } catch (IllegalArgumentException _) {
            return "unknown";
        }
    }
}
