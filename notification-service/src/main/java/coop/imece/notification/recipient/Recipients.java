package coop.imece.notification.recipient;

import coop.imece.notification.channel.Channel;
import coop.imece.platform.text.Language;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What broadcasts may ask of the recipients: who wants to hear, who still does, and where.
public interface Recipients {

    /// The recipients whose interests match the gathering and whose consent stands for at least one channel, by id, at
    /// most `limit` (at most 1,000) after the given id. An empty list means the end; a short one does not.
    Page matching(Subject gathering, @Nullable UUID after, int limit);

    /// Those of the given recipients whose consent for the channel stands at this moment and whose address is not
    /// suppressed. Read from the primary: what was stopped a moment ago is not in it.
    Set<UUID> stillWanted(Collection<UUID> recipients, Channel channel);

    /// [#stillWanted] and, for those, the address in the clear, in one read. Never to be stored or logged.
    Map<UUID, Reachable> reachable(Collection<UUID> recipients, Channel channel);

    /// What a gathering is about, as far as interests know it.
    ///
    /// @param kind code of `gathering-kinds`
    /// @param country ISO 3166-1 alpha-2, or null if it takes place nowhere in particular
    /// @param region code of `regions`, if known
    /// @param topics codes of `topics`
    record Subject(
            String kind, @Nullable String country, @Nullable String region, Set<String> topics) {

        public Subject {
            topics = Set.copyOf(topics);
        }
    }

    /// One page of matches.
    ///
    /// @param matches by id
    /// @param last the id to go on after; null at the end
    record Page(List<Match> matches, @Nullable UUID last) {}

    /// One recipient who wants to hear.
    ///
    /// @param recipient the id
    /// @param language in which to write
    /// @param channels those with standing consent
    /// @param reason the first interest that matched: why the message comes
    record Match(UUID recipient, Language language, Set<Channel> channels, Reason reason) {}

    /// Why a message comes: what of the gathering was asked for. A null part was not restricted ("any").
    ///
    /// @param kind code of `gathering-kinds`
    /// @param region code of `regions`, or a country
    /// @param topic code of `topics`
    record Reason(
            @Nullable String kind,
            @Nullable String region,
            @Nullable String topic) {}

    /// Where and how a recipient is reached.
    ///
    /// @param address e-mail address or E.164 number, in the clear
    /// @param language in which to write
    record Reachable(String address, Language language) {

        @Override
        public String toString() {
            return "Reachable[" + language + "]";
        }
    }
}
