package io.tabot.journal;

import io.tabot.config.ConfigEvent;
import io.tabot.config.Voter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Tells what a journal knows of promotions, with the events that it had to give up.
 *
 * @param limit how many events for each promotion, the oldest
 * @param eventsAt reads the events at these positions, at least one, in ascending order
 */
public record KnownPromotions(int limit, Function<List<Long>, CompletionStage<List<ConfigEvent>>> eventsAt) {
    public CompletionStage<List<Voter.Known>> read(PromotionLog log) {
        CompletionStage<List<Voter.Known>> all = CompletableFuture.completedStage(List.of());
        for (var entry : log.entries()) {
            all = all.thenCombine(known(entry), KnownPromotions::with);
        }
        return all;
    }

    private CompletionStage<Voter.Known> known(PromotionLog.Entry entry) {
        var positions = entry.givenUp().stream()
                .flatMapToLong(KnownPromotions::positions)
                .limit(limit)
                .sorted()
                .boxed()
                .toList();
        var count = entry.givenUp().stream()
                .mapToLong(part -> part.kept().revision() - part.above())
                .sum();
        CompletionStage<List<ConfigEvent>> events =
                positions.isEmpty() ? CompletableFuture.completedStage(List.of()) : eventsAt.apply(positions);
        return events.thenApply(
                found -> new Voter.Known(entry.generation(), entry.promotion(), entry.base(), found, count));
    }

    private static LongStream positions(PromotionLog.GivenUp part) {
        return LongStream.rangeClosed(part.above() + 1, part.kept().revision())
                .map(revision -> part.kept().upTo(revision).position());
    }

    private static List<Voter.Known> with(List<Voter.Known> before, Voter.Known next) {
        var all = new ArrayList<>(before);
        all.add(next);
        return all;
    }
}
