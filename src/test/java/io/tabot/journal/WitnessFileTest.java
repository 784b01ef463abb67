package io.tabot.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tabot.config.Reign;
import io.tabot.config.Term;
import io.tabot.config.VoterRecord;
import io.tabot.config.VoterState;
import io.tabot.config.Writer;
import io.tabot.testing.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessFileTest {
    private static final Writer ME = new Writer(new Term(1, 2), "me");

    @TempDir
    Path folder;

    @Test
    void remembersWhatItWasGiven() throws IOException {
        var log = log();
        try (var file = file()) {
            assertThat(file.read().log()).isEqualTo(WitnessLog.EMPTY);
            assertThat(file.replace(file.read().mark(), log)).isPresent();
        }

        try (var again = file()) {
            assertThat(again.read().log()).isEqualTo(log);
        }
    }

    @Test
    void refusesAReplacementThatHasNotSeenTheNewest() throws IOException {
        try (var file = file()) {
            var mark = file.read().mark();
            file.replace(mark, log());

            assertThat(file.replace(mark, WitnessLog.EMPTY)).isEmpty();
            assertThat(file.read().log()).isEqualTo(log());
        }
    }

    @Test
    void isEmptyWhenItCanNotBeUnderstood() throws IOException {
        Files.writeString(folder.resolve("witness-test.json"), "{\"kind\":\"witness\",\"schema\":1,\"tail\":[{}]}");

        try (var file = file()) {
            assertThat(file.read().log().state().isBlank()).isTrue();
        }
    }

    @Test
    void belongsToOneAtATime() throws IOException {
        try (var first = file();
                var second = file()) {
            first.read();

            assertThatThrownBy(second::read)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by another process");
        }
    }

    @Test
    void keepsTheEventsThatNotAllJournalsHold() {
        var log = log();
        assertThat(log.tail()).hasSize(2);

        var settled = log.apply(new StoredRecord(
                5, new VoterRecord.Settled(ME, 1, Events.chain(1).getFirst().hash(), ME.term())));

        assertThat(settled.tail()).hasSize(1);
        assertThat(settled.state().revision()).isEqualTo(2);
        assertThat(settled.state().kept().floor()).isEqualTo(1);
        assertThat(settled.eventsFrom(1, 10)).containsExactly(Events.chain(2).getLast());
    }

    @Test
    void forgetsAllThatIsNoPartOfWhatTheJournalsHold() {
        var settled = log().apply(new StoredRecord(5, new VoterRecord.Settled(ME, 7, "another hash", ME.term())));

        assertThat(settled.tail()).isEmpty();
        assertThat(settled.state().revision()).isEqualTo(7);
        assertThat(settled.state().last()).isEqualTo(ME.term());
    }

    @Test
    void saysWhenItIsFull() {
        var log = WitnessLog.EMPTY;
        var history = Events.chain(400);
        assertThat(log.state().isFull()).isFalse();
        for (var event : history) {
            log = log.apply(new StoredRecord(log.state().position() + 1, new VoterRecord.Event(ME, ME.term(), event)));
        }

        assertThat(log.state().isFull())
                .isEqualTo(log.tail().stream().mapToInt(WitnessLog.Held::bytes).sum() >= WitnessLog.BYTES_MAX);
        assertThat(log.state().isFull()).isTrue();
    }

    /** With a promise, an open term and two events. */
    private static WitnessLog log() {
        var events = Events.chain(2);
        var promotion = new Reign.Promotion("p", List.of("mysql"), "operator", "the other burned", Instant.EPOCH);
        var log = WitnessLog.EMPTY.apply(new StoredRecord(1, new VoterRecord.Claim(ME)));
        log = log.apply(new StoredRecord(
                2,
                new VoterRecord.TermOpened(
                        ME, 0, VoterState.EMPTY.hash(), List.of("mysql"), List.of("mongodb"), promotion)));
        log = log.apply(new StoredRecord(3, new VoterRecord.Event(ME, ME.term(), events.getFirst())));
        return log.apply(new StoredRecord(4, new VoterRecord.Event(ME, ME.term(), events.getLast())));
    }

    private WitnessFile file() {
        return new WitnessFile(folder, "test");
    }
}
