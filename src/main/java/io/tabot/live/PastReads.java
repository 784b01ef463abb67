package io.tabot.live;

import io.tabot.live.LiveLog.Past;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;

/**
 * Reads of the past by many readers at once, as after a restart of the node: who asks for the same gets the same
 * answer, and only so many questions are open at a time. Safe on any thread.
 */
public final class PastReads<T> {
    private final int atOnce;
    private final LongFunction<CompletionStage<Past<T>>> read;
    private final Map<Long, CompletableFuture<Past<T>>> asked = new HashMap<>();
    private final Queue<Long> waiting = new ArrayDeque<>();
    private int running;

    /** @param read reads what comes after a number */
    public PastReads(int atOnce, LongFunction<CompletionStage<Past<T>>> read) {
        this.atOnce = atOnce;
        this.read = read;
    }

    public CompletionStage<Past<T>> after(long number) {
        CompletableFuture<Past<T>> answer;
        synchronized (this) {
            var same = asked.get(number);
            if (same != null) {
                return same;
            }
            answer = new CompletableFuture<>();
            asked.put(number, answer);
            waiting.add(number);
        }
        begin();
        return answer;
    }

    private void begin() {
        long number;
        synchronized (this) {
            if (running >= atOnce || waiting.isEmpty()) {
                return;
            }
            running++;
            number = waiting.remove();
        }
        stage(number).whenComplete((past, failure) -> {
            CompletableFuture<Past<T>> answer;
            synchronized (this) {
                running--;
                answer = asked.remove(number);
            }
            begin();
            if (failure == null) {
                answer.complete(past);
            } else {
                answer.completeExceptionally(failure);
            }
        });
    }

    private CompletionStage<Past<T>> stage(long number) {
        try {
            return read.apply(number);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }
}
