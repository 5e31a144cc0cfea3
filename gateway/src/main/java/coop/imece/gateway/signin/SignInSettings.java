package coop.imece.gateway.signin;

import coop.imece.gateway.account.Channel;
import coop.imece.gateway.session.PublicAddress;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `imece.sign-in`: how codes live, and how many are sent. All of it holds for all instances together; what one
/// instance counts for itself is `imece.limits`.
///
/// @param life how long a code and its link are valid
/// @param tries how often a code may be tried
/// @param window the short span in which codes are counted
/// @param perWindow codes for one address or number in that span
/// @param perDay codes for one e-mail address in 24 hours
/// @param perNumberPerDay codes for one phone number in 24 hours
/// @param perDomainPerDay codes for all addresses of one mail domain in a day (UTC)
/// @param perNetworkPerDay wishes for a code from one network (/24, IPv6 /48) in a day
/// @param smsPerDay SMS with codes in a day, to whomever
/// @param smsCountries countries whose numbers get SMS (ISO 3166-1)
/// @param onLoopback codes for one address in either span where the installation is on somebody's own machine
/// @param loopbackFactor how much more of all that is shared such an installation gives
@ConfigurationProperties("imece.sign-in")
record SignInSettings(
        @DefaultValue("10m") Duration life,
        @DefaultValue("5") int tries,
        @DefaultValue("15m") Duration window,
        @DefaultValue("5") int perWindow,
        @DefaultValue("20") int perDay,
        @DefaultValue("10") int perNumberPerDay,
        @DefaultValue("2000") int perDomainPerDay,
        @DefaultValue("300") int perNetworkPerDay,
        @DefaultValue("2000") int smsPerDay,
        @DefaultValue({"TR", "SI", "IL", "IT"}) Set<String> smsCountries,
        @DefaultValue("2000") int onLoopback,
        @DefaultValue("1000") int loopbackFactor) {

    SignInLimits limits(Channel channel, PublicAddress address) {
        int daily = channel == Channel.SMS ? perNumberPerDay : perDay;
        return address.loopback()
                ? new SignInLimits(life, tries, window, Math.max(perWindow, onLoopback), Math.max(daily, onLoopback))
                : new SignInLimits(life, tries, window, perWindow, daily);
    }

    long shared(int most, PublicAddress address) {
        return (long) most * (address.loopback() ? loopbackFactor : 1);
    }
}
