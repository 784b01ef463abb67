package io.tabot.journal;

import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigEventJson;
import io.tabot.config.VoterRecord;
import io.tabot.config.VoterState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the witness keeps: as a journal's {@link VoterLog}, but one value in place of records, with the events
 * themselves, and only those that follow what every journal is known to hold. Immutable.
 */
public record WitnessLog(VoterLog log, List<Held> tail) {
    /** From this size on it takes what is on its way, and the service takes no new change. */
    public static final int BYTES_MAX = 256 * 1024;

    public static final WitnessLog EMPTY = new WitnessLog(VoterLog.EMPTY, List.of());

    /** An event and how much room it takes. */
    public record Held(ConfigEvent event, int bytes) {
        static Held of(ConfigEvent event) {
            return new Held(event, ConfigEventJson.write(event).getBytes(StandardCharsets.UTF_8).length);
        }
    }

    public WitnessLog {
        tail = List.copyOf(tail);
    }

    public VoterState state() {
        var state = log.state();
        return new VoterState(
                state.position(), state.fence(), state.last(), state.kept(), state.reign(), bytes() >= BYTES_MAX);
    }

    public WitnessLog apply(StoredRecord stored) {
        var next = log.apply(stored).withoutPromotions();
        return switch (stored.record()) {
            case VoterRecord.Claim _ -> new WitnessLog(next, tail);
            case VoterRecord.Event(var _, var _, var event) -> {
                var longer = new ArrayList<>(those(held -> held.event().revision() < event.revision()));
                longer.add(Held.of(event));
                yield new WitnessLog(next, longer);
            }
            case VoterRecord.TermOpened opened ->
                new WitnessLog(next, those(held -> held.event().revision() <= opened.baseRevision()));
            case VoterRecord.Settled settled ->
                new WitnessLog(
                        next,
                        those(held -> held.event().revision() > settled.revision()
                                && held.event().revision() <= next.revision()));
        };
    }

    /** The events kept from this revision on. */
    public List<ConfigEvent> eventsFrom(long revision, int limit) {
        return tail.stream()
                .map(Held::event)
                .filter(event -> event.revision() >= revision)
                .limit(limit)
                .toList();
    }

    private int bytes() {
        return tail.stream().mapToInt(Held::bytes).sum();
    }

    private List<Held> those(Predicate<Held> wanted) {
        return tail.stream().filter(wanted).toList();
    }
}
