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
    private record Question<T>(long number, CompletableFuture<Past<T>> answer) {}

    private final int atOnce;
    private final LongFunction<CompletionStage<Past<T>>> read;
    private final Map<Long, CompletableFuture<Past<T>>> asked = new HashMap<>();
    private final Queue<Question<T>> waiting = new ArrayDeque<>();
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
            waiting.add(new Question<>(number, answer));
        }
        begin();
        return answer;
    }

    private void begin() {
        Question<T> question;
        synchronized (this) {
            if (running >= atOnce || waiting.isEmpty()) {
                return;
            }
            running++;
            question = waiting.remove();
        }
        stage(question.number()).whenComplete((past, failure) -> {
            synchronized (this) {
                running--;
                asked.remove(question.number());
            }
            begin();
            if (failure == null) {
                question.answer().complete(past);
            } else {
                question.answer().completeExceptionally(failure);
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
