package coop.imece.gateway.signin;

import coop.imece.gateway.session.PublicAddress;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `imece.sign-in`: how codes live, and how many an address gets.
///
/// @param life how long a code and its link are valid
/// @param tries how often a code may be tried
/// @param window the short span in which codes are counted
/// @param perWindow codes for one address in that span
/// @param perDay codes for one address in 24 hours
/// @param onLoopback codes for one address in either span where the installation is on somebody's own machine
@ConfigurationProperties("imece.sign-in")
record SignInSettings(
        @DefaultValue("10m") Duration life,
        @DefaultValue("5") int tries,
        @DefaultValue("15m") Duration window,
        @DefaultValue("5") int perWindow,
        @DefaultValue("20") int perDay,
        @DefaultValue("2000") int onLoopback) {

    SignInLimits limits(PublicAddress address) {
        return address.loopback()
                ? new SignInLimits(life, tries, window, Math.max(perWindow, onLoopback), Math.max(perDay, onLoopback))
                : new SignInLimits(life, tries, window, perWindow, perDay);
    }
}
