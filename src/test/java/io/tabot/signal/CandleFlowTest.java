package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.config.ShownConfig;
import io.tabot.market.Candle;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.CandleMessage.Acknowledgement;
import io.tabot.testing.TestCluster;
import io.tabot.trace.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CandleFlowTest {
    private static final ActorTestKit actors = TestCluster.plain();
    private static final Symbol SYMBOL = new Symbol("BTCUSDT");
    private static final int IN_FLIGHT = 2;

    private final TestProbe<SignalActor.Command> actor = actors.createTestProbe();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final CandleFlow flow = new CandleFlow(
            new Candles(5),
            _ -> actor.ref(),
            ShownConfig.of(SYMBOL.name(), Timeframe.ONE_HOUR),
            new SignalMetrics(new SimpleMeterRegistry(), Clock.systemUTC()),
            new CandleFlow.Limits(IN_FLIGHT, Duration.ofMinutes(5)),
            Tracer.OFF);

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void hasNoMoreCandlesUnderWayThanAllowedAndAcknowledgesEachAfterItsAnswer() throws Exception {
        var ended = flow.run(actors.system()).toCompletableFuture();
        var first = actor.expectMessageClass(SignalActor.Observe.class);
        var second = actor.expectMessageClass(SignalActor.Observe.class);
        actor.expectNoMessage(Duration.ofMillis(50));
        assertThat(told).isEmpty();

        second.replyTo().tell(Done.getInstance());

        assertThat(next()).isEqualTo("done 1");
        var third = actor.expectMessageClass(SignalActor.Observe.class);
        answer(first, third);
        answer(
                actor.expectMessageClass(SignalActor.Observe.class),
                actor.expectMessageClass(SignalActor.Observe.class));
        assertThat(ended.get(5, TimeUnit.SECONDS)).isEqualTo(Done.getInstance());
        assertThat(told).containsExactlyInAnyOrder("done 0", "done 2", "done 3", "done 4");
    }

    @Test
    void givesBackWhatNobodyMayAnswerAnyMoreAndGoesOn() throws Exception {
        flow.run(actors.system());
        var lost = actor.expectMessageClass(SignalActor.Observe.class);
        actor.expectMessageClass(SignalActor.Observe.class);

        assertThat(flow.giveBack()).isEqualTo(IN_FLIGHT);

        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("again 0", "again 1");
        answer(actor.expectMessageClass(SignalActor.Observe.class));
        assertThat(next()).isEqualTo("done 2");
        answer(lost);
        answer(
                actor.expectMessageClass(SignalActor.Observe.class),
                actor.expectMessageClass(SignalActor.Observe.class));
        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("done 3", "done 4");
    }

    private @Nullable String next() throws InterruptedException {
        return told.poll(5, TimeUnit.SECONDS);
    }

    private static void answer(SignalActor.Observe... observed) {
        for (var observe : observed) {
            observe.replyTo().tell(Done.getInstance());
        }
    }

    /** So many of one series. */
    private final class Candles implements CandleSource {
        private final int count;

        Candles(int count) {
            this.count = count;
        }

        @Override
        public Source<CandleMessage, NotUsed> candles() {
            return Source.from(IntStream.range(0, count).mapToObj(this::message).toList());
        }

        private CandleMessage message(int number) {
            var openTime = Duration.ofHours(number).toMillis();
            return new CandleMessage(
                    SYMBOL, Timeframe.ONE_HOUR, new Candle(openTime, 1, 1, 1, 1, 1), false, 0, new Acknowledgement() {
                        @Override
                        public void done() {
                            told.add("done " + number);
                        }

                        @Override
                        public void retry() {
                            told.add("again " + number);
                        }
                    });
        }

        @Override
        public CompletionStage<Done> drain() {
            return CompletableFuture.completedStage(Done.getInstance());
        }

        @Override
        public SourceHealth health() {
            throw new UnsupportedOperationException("nobody asks");
        }
    }
}
