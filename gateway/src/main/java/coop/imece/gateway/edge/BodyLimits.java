package coop.imece.gateway.edge;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// How much somebody may send, and how long that may take: `imece.bodies`.
///
/// @param signIn body of a request to sign in
/// @param own body of any other request to the gateway itself
/// @param handedOn body of a request to a service; a service may take less
/// @param time for all of a body, plus the time the slowest line we allow for needs
/// @param slowestLine bytes a second
/// @param memory for all bodies and answers kept at a time
@ConfigurationProperties("imece.bodies")
record BodyLimits(
        @DefaultValue("16KB") DataSize signIn,
        @DefaultValue("256KB") DataSize own,
        @DefaultValue("2MB") DataSize handedOn,
        @DefaultValue("10s") Duration time,
        @DefaultValue("16KB") DataSize slowestLine,
        @DefaultValue("24MB") DataSize memory) {

    /// When so many bytes must have come, counted from the beginning.
    Duration within(long bytes) {
        return time.plusMillis(1000 * bytes / slowestLine.toBytes());
    }
}
