package io.tabot.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.live.LiveLog.Past;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PastReadsTest {
    private final Map<Long, CompletableFuture<Past<String>>> asked = new LinkedHashMap<>();
    private final PastReads<String> reads = new PastReads<>(2, after -> {
        var answer = new CompletableFuture<Past<String>>();
        asked.put(after, answer);
        return answer;
    });

    @Test
    void whoAsksForTheSameGetsOneAnswer() {
        var answers = List.of(reads.after(5), reads.after(5), reads.after(5));
        answer(5);

        assertThat(asked).hasSize(1);
        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.toCompletableFuture().join().upTo()).isEqualTo(6));
    }

    @Test
    void asksNoMoreThanItMayAtOnceAndForgetsNobody() {
        var answers = new ArrayList<CompletableFuture<Past<String>>>();
        for (long after = 0; after < 5; after++) {
            answers.add(reads.after(after).toCompletableFuture());
        }
        var first = List.copyOf(asked.keySet());
        answer(1);
        var second = List.copyOf(asked.keySet());
        asked.get(0L).completeExceptionally(new IllegalStateException("away"));
        List.of(2L, 3L, 4L).forEach(this::answer);

        assertThat(first).containsExactly(0L, 1L);
        assertThat(second).containsExactly(0L, 1L, 2L);
        assertThat(answers.getFirst()).isCompletedExceptionally();
        assertThat(answers.subList(1, 5))
                .allSatisfy(answer -> assertThat(answer).isCompleted());
    }

    @Test
    void asksAgainWhatWasAnswered() {
        var _ = reads.after(5);
        answer(5);
        asked.clear();
        var _ = reads.after(5);

        assertThat(asked).containsOnlyKeys(5L);
    }

    private void answer(long after) {
        asked.get(after).complete(new Past<>(List.of(), after + 1, null));
    }
}
