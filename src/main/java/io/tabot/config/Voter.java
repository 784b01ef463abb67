package io.tabot.config;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The protocol that a journal implements for the {@link ConfigEntity}. A voter checks and appends as one step. No
 * answer in time means unknown: the record may be stored, or be stored later; look again before going on.
 */
public final class Voter {
    /** The name of the voter that is no journal. */
    public static final String WITNESS = "witness";

    private Voter() {}

    /** What can be asked of a voter. Always local: a voter is a child of its entity. */
    public sealed interface Command {}

    /** Tell what you hold. */
    public record Read(ActorRef<Reply> replyTo) implements Command {}

    /** Promise to take nothing from a term below mine. */
    public record Claim(Writer me, ActorRef<Reply> replyTo) implements Command {}

    /** Append this record if your newest is at that position and you have promised nothing higher. */
    public record Append(long expectedPosition, VoterRecord record, ActorRef<Reply> replyTo) implements Command {}

    /** Read kept events back, oldest first, from this revision on, at most so many. */
    public record ReadEvents(long fromRevision, int limit, ActorRef<EventsReply> replyTo) implements Command {}

    /** Tell which promotions you know of, and the oldest events that they made you give up, so many for each. */
    public record ReadPromotions(int limit, ActorRef<PromotionsReply> replyTo) implements Command {}

    /** How a request ended. */
    public sealed interface Reply {
        String voter();
    }

    public record Holds(String voter, VoterState state) implements Reply {}

    public record Claimed(String voter, VoterState state) implements Reply {}

    public record Stored(String voter, VoterState state) implements Reply {}

    /** The position differs from the one expected; nothing was stored. */
    public record Moved(String voter, VoterState state) implements Reply {}

    /** A higher writer was promised; nothing was stored. */
    public record Fenced(String voter, Writer fence) implements Reply {}

    /** It has failed: unknown, as if it had said nothing, but known at once. */
    public record Failed(String voter) implements Reply {}

    /** Kept events, or why they could not be read. */
    public sealed interface EventsReply {}

    public record Events(List<ConfigEvent> events, boolean more) implements EventsReply {
        public Events {
            events = List.copyOf(events);
        }
    }

    public record EventsUnavailable(String reason) implements EventsReply {}

    /** Promotions, or why they could not be read. */
    public sealed interface PromotionsReply {
        String voter();
    }

    public record Promotions(String voter, List<Known> promotions) implements PromotionsReply {
        public Promotions {
            promotions = List.copyOf(promotions);
        }
    }

    public record PromotionsUnavailable(String voter, String reason) implements PromotionsReply {}

    /**
     * What one voter knows of a promotion.
     *
     * @param promotion that the generation began with; null while it is only about to learn of it
     * @param baseRevision that it went on from; null where this voter was not among the promoted
     * @param givenUp events that this voter held and that are no part of the history any more, acknowledged or not
     * @param givenUpCount how many there are in all
     */
    public record Known(
            long generation,
            Reign.@Nullable Promotion promotion,
            @Nullable Long baseRevision,
            List<ConfigEvent> givenUp,
            long givenUpCount) {
        public Known {
            givenUp = List.copyOf(givenUp);
        }
    }
}
