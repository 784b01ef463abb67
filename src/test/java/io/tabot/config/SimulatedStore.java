package io.tabot.config;

import io.tabot.journal.CorruptJournalException;
import io.tabot.journal.StoredRecord;
import io.tabot.journal.WitnessLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** What one voter has on its disk: takes a record only at the number that follows, and can lose everything. */
final class SimulatedStore {
    /** Everything that it held at some time. */
    record Copy(WitnessLog log, Map<String, ConfigEvent> events) {}

    private final String name;
    private final boolean isWitness;
    private final boolean isUnique;
    private final Map<String, ConfigEvent> events = new HashMap<>();
    private final List<StoredRecord> hanging = new ArrayList<>();
    private WitnessLog log = WitnessLog.EMPTY;
    private boolean isCorrupt;
    private boolean isDown;
    private int life;

    SimulatedStore(String name, boolean isUnique) {
        this.name = name;
        this.isWitness = name.equals(Voter.WITNESS);
        this.isUnique = isUnique;
    }

    String name() {
        return name;
    }

    boolean isWitness() {
        return isWitness;
    }

    WitnessLog log() {
        return log;
    }

    VoterState state() {
        return log.state();
    }

    boolean isCorrupt() {
        return isCorrupt;
    }

    boolean isDown() {
        return isDown;
    }

    void down(boolean down) {
        isDown = down;
    }

    /** Counts the times that it lost its data: who was connected before is no longer. */
    int life() {
        return life;
    }

    /** Whether it was taken: the number must follow the newest one. */
    boolean append(StoredRecord record) {
        var next = log.state().position() + 1;
        if (isUnique && record.position() != next) {
            return false;
        }
        try {
            log = log.apply(new StoredRecord(next, record.record()));
            if (record.record() instanceof VoterRecord.Event(var _, var _, var event)) {
                events.put(event.hash(), event);
            }
        } catch (CorruptJournalException e) {
            isCorrupt = true;
        }
        return true;
    }

    void hang(StoredRecord record) {
        hanging.add(record);
    }

    List<StoredRecord> hanging() {
        return hanging;
    }

    void wipe() {
        log = WitnessLog.EMPTY;
        events.clear();
        hanging.clear();
        isCorrupt = false;
        life++;
    }

    Copy copy() {
        return new Copy(log, Map.copyOf(events));
    }

    /** Goes back to an older copy of itself. */
    void restore(Copy older) {
        wipe();
        log = older.log();
        events.putAll(older.events());
    }

    List<ConfigEvent> read(Kept kept, long from, int limit) {
        if (isWitness) {
            return log.eventsFrom(from, limit);
        }
        return LongStream.rangeClosed(from, Math.min(from + limit - 1, kept.revision()))
                .mapToObj(revision -> kept.upTo(revision).hash())
                .takeWhile(events::containsKey)
                .map(events::get)
                .toList();
    }
}
