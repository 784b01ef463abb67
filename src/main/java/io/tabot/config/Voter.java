package io.tabot.config;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

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
}
