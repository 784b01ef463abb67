package io.tabot.nats;

import io.tabot.nats.SignalTransport.Outgoing;
import java.util.ArrayDeque;
import java.util.Optional;

/** Messages that wait to be sent, at most so many: beyond that the oldest goes. Nobody waits to put one in. */
final class NoticeQueue {
    private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();
    private final int capacity;
    private boolean closed;

    NoticeQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Whether there was room; if not, the oldest had to go for it. */
    synchronized boolean offer(Outgoing message) {
        var isFull = waiting.size() == capacity;
        if (isFull) {
            var _ = waiting.poll();
        }
        waiting.add(message);
        notifyAll();
        return !isFull;
    }

    /** The oldest, which stays; waits for one. Nothing once closed and empty. */
    synchronized Optional<Outgoing> first() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        return Optional.ofNullable(waiting.peek());
    }

    /** It was sent. It may have had to go meanwhile. */
    synchronized void remove(Outgoing message) {
        waiting.removeIf(other -> other == message);
    }

    synchronized int size() {
        return waiting.size();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
