package io.tabot.config;

import java.util.List;

/** What an {@link Incarnation} wants its owner to do. */
sealed interface Step {
    /** Ask this voter; report its answer, or its silence. */
    record Ask(String voter, Request request) implements Step {}

    /** Read kept events of {@code source} for {@code voter}, which lacks them; report them, or an empty list. */
    record Fetch(String voter, String source, long fromRevision, int limit) implements Step {}

    /** The term is open on this history. Only now may it be shown. */
    record Opened(long revision, String hash, List<String> durability) implements Step {}

    /** The pending event is on a majority: acknowledge it, then publish it. */
    record Committed(ConfigEvent event, List<String> durability) implements Step {}

    /** The pending event may or may not take effect: no majority answered in time. It stays the only candidate. */
    record Unconfirmed(ConfigEvent event) implements Step {}

    /** This voter is away: look again later. */
    record LookAgain(String voter) implements Step {}

    /** Stop: somebody else writes now. */
    record Deposed(Writer fence) implements Step {}

    /** Go on as a new incarnation: this one can't do what is needed. */
    record StartAnew(String reason) implements Step {}

    /** What can be asked of a voter; answers are {@link Voter.Reply}. */
    sealed interface Request {}

    record Read() implements Request {}

    record Claim(Writer me) implements Request {}

    record Append(long expectedPosition, VoterRecord record) implements Request {}
}
