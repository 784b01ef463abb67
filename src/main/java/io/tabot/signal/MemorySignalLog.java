package io.tabot.signal;

import io.tabot.live.LiveEntry;
import io.tabot.live.LiveLog;
import io.tabot.live.LiveTail;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * The newest signals of this process alone, to be followed, withheld ones too. Its ids name the process, since each
 * counts anew: one of another process stands for the time before this one began.
 */
public final class MemorySignalLog implements LiveLog<LiveSignal> {
    private static final Pattern ID = Pattern.compile("(\\d{1,15})-(\\d{1,15})");
    private static final long BEFORE_THIS_PROCESS = -1;

    private final long begun;
    private final LiveTail<LiveSignal> tail;
    private long count;

    /**
     * @param begun when this process did
     * @param capacity how many signals are kept
     */
    public MemorySignalLog(Instant begun, int capacity) {
        this.begun = begun.toEpochMilli();
        this.tail = new LiveTail<>(capacity);
    }

    /** From one thread at a time, or they would mix. */
    public synchronized void add(List<Publication> publications, Instant at) {
        if (publications.isEmpty()) {
            return;
        }
        publications.forEach(publication -> tail.add(new LiveEntry<>(++count, LiveSignal.of(publication, at))));
        tail.reach(count);
    }

    @Override
    public LiveTail<LiveSignal> tail() {
        return tail;
    }

    @Override
    public CompletionStage<LiveTail<LiveSignal>> opened() {
        return CompletableFuture.completedStage(tail);
    }

    @Override
    public CompletionStage<Past<LiveSignal>> past(long after) {
        var floor = tail.floor();
        var gap = new Gap(after, floor, "one process remembers its newest signals only, and none from before it began");
        return CompletableFuture.completedStage(new Past<>(List.of(), floor, gap));
    }

    @Override
    public Map<String, Object> description() {
        return Map.of("source", "memory", "scope", "node");
    }

    @Override
    public String id(long number) {
        return begun + "-" + Math.max(0, number);
    }

    @Override
    public Optional<Long> number(String id) {
        if (id.equals("0")) {
            return Optional.of(0L);
        }
        var matcher = ID.matcher(id);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var isOfThisProcess = Long.parseLong(matcher.group(1)) == begun;
        return Optional.of(isOfThisProcess ? Long.parseLong(matcher.group(2)) : BEFORE_THIS_PROCESS);
    }
}
