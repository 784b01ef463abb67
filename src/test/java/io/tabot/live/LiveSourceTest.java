package io.tabot.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.live.LiveSource.Wish;
import io.tabot.testing.PlainFrames;
import io.tabot.testing.Taker;
import io.tabot.testing.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.AsPublisher;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** One stream of a log whose memory has room for four entries. */
class LiveSourceTest {
    private static final ActorTestKit actors = TestCluster.plain();
    private static final Duration NEVER = Duration.ofHours(1);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OpenStreams open = new OpenStreams(10, List.of("test"), meters);
    private final Numbers log = new Numbers();

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void givesThePastThenWhatComes() {
        log.grow(1, 9);
        var reader = read(2, NEVER);
        reader.request(9);

        assertThat(reader.next(8)).containsExactly("open 2", "3", "4", "5", "6", "7", "8", "9");
        log.grow(10, 10);
        assertThat(reader.next(1)).containsExactly("10");
        assertThat(log.pastReads).isEqualTo(1);
    }

    @Test
    void dropsASlowReaderAndTellsItWhereToResume() {
        log.grow(1, 3);
        var reader = read(0, NEVER);
        reader.request(4);
        assertThat(reader.next(4)).containsExactly("open 0", "1", "2", "3");
        // It takes nothing while more comes than the memory holds. One entry may be on its way already.
        log.grow(4, 20);
        reader.request(20);
        var last = 3L;
        var end = reader.next();
        for (; !end.startsWith("end"); end = reader.next()) {
            last = Long.parseLong(end);
        }
        assertThat(end).isEqualTo("end SLOW_READER " + last);
        assertThat(last).isLessThan(6);
        assertThat(reader.next()).isEqualTo(Taker.COMPLETE);
        assertThat(meters.get("ta_bot_streams_ended")
                        .tag("reason", "slow_reader")
                        .counter()
                        .count())
                .isEqualTo(1);

        var again = read(last, NEVER);
        again.request(30);
        again.next();
        assertThat(again.next((int) (20 - last)))
                .isEqualTo(LongStream.rangeClosed(last + 1, 20)
                        .mapToObj(Long::toString)
                        .toList());
    }

    @Test
    void aReaderOfThePastMayTakeItsTime() {
        log.grow(1, 8);
        var reader = read(0, NEVER);
        reader.request(2);
        assertThat(reader.next(2)).containsExactly("open 0", "1");
        log.grow(9, 30);
        reader.request(40);

        assertThat(reader.next(29).getLast()).isEqualTo("30");
    }

    @Test
    void readsWhatTheMemoryJumpedOver() {
        log.grow(1, 2);
        var reader = read(2, NEVER);
        reader.request(5);
        assertThat(reader.next(1)).containsExactly("open 2");
        log.end = 5;
        log.tail.jump(5);

        assertThat(reader.next(3)).containsExactly("3", "4", "5");
    }

    @Test
    void namesWhatCanNotBeReadAndGoesOn() {
        log.grow(1, 9);
        log.isAway = true;
        var reader = read(2, NEVER);
        reader.request(10);

        assertThat(reader.next(6)).containsExactly("open 2", "gap 2-5 away", "6", "7", "8", "9");
    }

    @Test
    void endsWhenTheLogIsRewritten() {
        log.grow(1, 3);
        var reader = read(3, NEVER);
        reader.request(5);
        log.tail.rewrite(2);

        assertThat(reader.next(2)).containsExactly("open 3", "end REWRITTEN 3");
        assertThat(reader.next()).isEqualTo(Taker.COMPLETE);
    }

    @Test
    void aHeartbeatSaysHowFarItGotWithWhatIsNotWanted() {
        log.grow(1, 1);
        var reader = read(new Wish<>(1, number -> number > 2, true), Duration.ofMillis(50));
        reader.request(1_000);
        log.grow(2, 2);

        TestCluster.eventually(reader::next, "heartbeat 2 true"::equals);
        assertThat(reader.next()).isEqualTo("heartbeat 2 false");
    }

    @Test
    void givesUpAReaderThatDoesNotEvenTakeItsEnd() {
        log.grow(1, 1);
        var reader = read(0, NEVER);
        reader.request(1);
        assertThat(reader.next(1)).containsExactly("open 0");
        open.close();

        TestCluster.eventually(this::placesTaken, taken -> taken == 0);
    }

    @Test
    void aCancelledReaderGivesItsPlaceBack() {
        var reader = read(0, NEVER);
        reader.request(1);
        reader.next(1);
        reader.cancel();

        TestCluster.eventually(this::placesTaken, taken -> taken == 0);
    }

    private double placesTaken() {
        return meters.get("ta_bot_streams_open").gauge().value();
    }

    private Taker read(long after, Duration heartbeat) {
        return read(new Wish<>(after, _ -> true, true), heartbeat);
    }

    private Taker read(Wish<Long> wish, Duration heartbeat) {
        var place = open.take("test", () -> true).orElseThrow();
        var taker = new Taker();
        Source.fromGraph(new LiveSource<>(log, wish, new PlainFrames<>(), place, heartbeat))
                .runWith(
                        Sink.<String>asPublisher(AsPublisher.WITHOUT_FANOUT)
                                .withAttributes(Attributes.inputBuffer(1, 1)),
                        actors.system())
                .subscribe(taker);
        return taker;
    }

    /** The numbers from 1, all of which can be read. */
    private static final class Numbers implements LiveLog<Long> {
        private static final int PAGE = 100;

        private final LiveTail<Long> tail = new LiveTail<>(4);
        private volatile long end;
        private volatile boolean isAway;
        private volatile int pastReads;

        void grow(long from, long to) {
            for (var number = from; number <= to; number++) {
                end = number;
                tail.add(new LiveEntry<>(number, number));
                tail.reach(number);
            }
        }

        @Override
        public LiveTail<Long> tail() {
            return tail;
        }

        @Override
        public CompletionStage<LiveTail<Long>> opened() {
            return CompletableFuture.completedStage(tail);
        }

        @Override
        public CompletionStage<Past<Long>> past(long after) {
            pastReads++;
            if (isAway) {
                return CompletableFuture.failedStage(new IllegalStateException("away"));
            }
            var entries = LongStream.rangeClosed(after + 1, Math.min(end, after + PAGE))
                    .mapToObj(number -> new LiveEntry<>(number, number))
                    .toList();
            return CompletableFuture.completedStage(
                    new Past<>(entries, entries.getLast().number(), null));
        }

        @Override
        public Map<String, Object> description() {
            return Map.of();
        }
    }
}
