package coop.imece.directory.representation;

/// Where an invitation goes. It stays in memory: only the sealed message holds it.
///
/// @param channel by which way
/// @param value e-mail address, or number in E.164
public record InvitedAddress(Channel channel, String value) {

    /// By which way.
    public enum Channel {
        EMAIL,
        SMS
    }

    /// As it may be shown to whoever knows it anyway: `e…@nilufer.example`, `+90…33`.
    public String masked() {
        return switch (channel) {
            case EMAIL ->
                value.substring(0, value.offsetByCodePoints(0, 1)) + "…" + value.substring(value.lastIndexOf('@'));
            case SMS -> value.substring(0, 3) + "…" + value.substring(value.length() - 2);
        };
    }

    /// Never the address itself: it would end up in logs.
    @Override
    public String toString() {
        return channel + " address";
    }
}
