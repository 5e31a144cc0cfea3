package coop.imece.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitsTests {

    @Test
    void neighboursInOneNetworkCountTogether() {
        assertThat(RateLimits.network("192.0.2.7")).isEqualTo(RateLimits.network("192.0.2.200"));
        assertThat(RateLimits.network("192.0.2.7")).isNotEqualTo(RateLimits.network("192.0.3.7"));
        assertThat(RateLimits.network("2001:db8:1:2::1")).isEqualTo(RateLimits.network("2001:db8:1:ffff::9"));
        assertThat(RateLimits.network("2001:db8:1::1")).isNotEqualTo(RateLimits.network("2001:db8:2::1"));
        assertThat(RateLimits.network("fe80::1%eth0")).isEqualTo(RateLimits.network("fe80::2"));
        assertThat(RateLimits.network("no address")).isEqualTo("unknown");
    }
}
