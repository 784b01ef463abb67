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
    private final CandleFlow flow = flow(new Candles(5, Source.empty()), Duration.ofMinutes(5));

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

        second.ticket().done();

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

        flow.giveBack();

        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("again 0", "again 1");
        answer(actor.expectMessageClass(SignalActor.Observe.class));
        assertThat(next()).isEqualTo("done 2");
        answer(lost);
        answer(
                actor.expectMessageClass(SignalActor.Observe.class),
                actor.expectMessageClass(SignalActor.Observe.class));
        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("done 3", "done 4");
    }

    @Test
    void givesBackWhatIsNotAnsweredInTimeAndDoesNotListenAnyMore() throws Exception {
        flow(new Candles(2, Source.maybe()), Duration.ofMillis(100)).run(actors.system());
        var first = actor.expectMessageClass(SignalActor.Observe.class);
        actor.expectMessageClass(SignalActor.Observe.class);

        assertThat(List.of(next(), next())).containsExactly("again 0", "again 1");
        answer(first);
        assertThat(told.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void givesBackWhatIsUnderWayWhenItsSourceFails() throws Exception {
        var failure = new IllegalStateException("no more");
        var failing = flow(new Candles(1, Source.lazySource(() -> Source.failed(failure))), Duration.ofMinutes(5));

        var ended = failing.run(actors.system()).toCompletableFuture();

        assertThat(next()).isEqualTo("again 0");
        assertThat(ended).failsWithin(Duration.ofSeconds(5));
        assertThat(ended.exceptionNow()).isEqualTo(failure);
    }

    @Test
    void givesBackWhatIsUnderWayWhenItIsCutOff() throws Exception {
        var others = TestCluster.plain();
        var ended = flow.run(others.system()).toCompletableFuture();
        actor.expectMessageClass(SignalActor.Observe.class);
        actor.expectMessageClass(SignalActor.Observe.class);

        others.shutdownTestKit();

        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("again 0", "again 1");
        assertThat(ended).failsWithin(Duration.ofSeconds(5));
    }

    @Test
    void acknowledgesWhatConcernsNobodyAndAsksNobody() throws Exception {
        var elsewhere = flow("ETHUSDT", new Candles(1, Source.empty()), Duration.ofMinutes(5));

        elsewhere.run(actors.system()).toCompletableFuture().get(5, TimeUnit.SECONDS);

        assertThat(told).containsExactly("done 0");
        actor.expectNoMessage(Duration.ofMillis(50));
    }

    private CandleFlow flow(CandleSource source, Duration answerTimeout) {
        return flow(SYMBOL.name(), source, answerTimeout);
    }

    private CandleFlow flow(String configured, CandleSource source, Duration answerTimeout) {
        return new CandleFlow(
                source,
                _ -> actor.ref(),
                ShownConfig.of(configured, Timeframe.ONE_HOUR),
                new SignalMetrics(new SimpleMeterRegistry(), Clock.systemUTC()),
                new CandleFlow.Limits(IN_FLIGHT, answerTimeout),
                Tracer.OFF);
    }

    private @Nullable String next() throws InterruptedException {
        return told.poll(5, TimeUnit.SECONDS);
    }

    private static void answer(SignalActor.Observe... observed) {
        for (var observe : observed) {
            observe.ticket().done();
        }
    }

    /** So many of one series, then something else. */
    private final class Candles implements CandleSource {
        private final int count;
        private final Source<CandleMessage, ?> afterwards;

        Candles(int count, Source<CandleMessage, ?> afterwards) {
            this.count = count;
            this.afterwards = afterwards;
        }

        @Override
        public Source<CandleMessage, NotUsed> candles() {
            return Source.from(IntStream.range(0, count).mapToObj(this::message).toList())
                    .concatLazy(afterwards);
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
