package io.tabot.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/** Changes that wait for their turn, in order of arrival: no more than a limit, and none longer than its patience. */
final class WaitingChanges {
    /** One more is refused at once. */
    static final int COUNT_MAX = 1_000;

    private record Waiting(ConfigEntity.Change change, long deadline) {}

    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /** Whether there was room for it. */
    boolean offer(ConfigEntity.Change change, long deadline) {
        return waiting.size() < COUNT_MAX && waiting.add(new Waiting(change, deadline));
    }

    /** It was begun and could not go on; its turn comes again before all others. */
    void putBack(ConfigEntity.Change change, long deadline) {
        waiting.addFirst(new Waiting(change, deadline));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    ConfigEntity.Change next() {
        return waiting.removeFirst().change();
    }

    /** Answers those that have waited too long. */
    void expire(long now, ChangeReply reply) {
        while (!waiting.isEmpty() && waiting.getFirst().deadline() < now) {
            next().replyTo().tell(reply);
        }
    }

    void answerAll(Function<ConfigEntity.Change, ChangeReply> reply) {
        while (!waiting.isEmpty()) {
            var change = next();
            change.replyTo().tell(reply.apply(change));
        }
    }
}
