package coop.imece.directory.organisation;

/// How to reach the organisation. It stays in this service: no message carries it.
///
/// @param channel by which way
/// @param value address, number in E.164, or link
/// @param visibility who sees it
record ContactPoint(Channel channel, String value, Visibility visibility) {

    enum Channel {
        EMAIL,
        PHONE,
        WEB
    }

    enum Visibility {
        /// Everybody.
        PUBLIC,
        /// Whoever acts for an organisation of the network.
        MEMBERS,
        /// Those who act for this organisation, and reviewers.
        REPRESENTATIVES
    }
}
