package io.tabot.nats;

import io.micrometer.core.instrument.Counter;
import io.tabot.signal.CandleMessage;
import io.tabot.signal.SourceHealth;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/** One run of the stream of candles: everything that has to be let go of when it ends. */
final class CandleFeed {
    /** Waiting for a server costs no thread of the actors. */
    private static final Executor BLOCKING =
            task -> Thread.ofVirtual().name("nats-candles").start(task);

    private static final Duration REFRESH = Duration.ofSeconds(1);

    private final NatsConnection nats;
    private final CandleIntake intake;
    private final MessageIntake notices;
    private final Counter dropped;
    private final List<JetStreamPuller> pullers;
    private final List<CoreSubscription> subscriptions = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Done> ended = new CompletableFuture<>();
    private volatile boolean stopped;

    CandleFeed(NatsConnection nats, CandleIntake intake, MessageIntake notices, Counter dropped, Clock clock) {
        this.nats = nats;
        this.intake = intake;
        this.notices = notices;
        this.dropped = dropped;
        var own = intake.reading(new NativeCandleDecoder());
        var pulledOwn = in(NatsSettings.Mode.JETSTREAM, candles().subjects()).stream()
                .map(subject -> new JetStreamPuller(nats, subject, own, intake, clock));
        var pulledNotices = in(NatsSettings.Mode.JETSTREAM, candles().extractionSubjects()).stream()
                .map(subject -> new JetStreamPuller(nats, subject, notices, intake, clock));
        this.pullers = Stream.concat(pulledOwn, pulledNotices).toList();
    }

    Source<CandleMessage, NotUsed> source() {
        var pulled = pullers.stream().map(CandleFeed::pulled);
        var own = plain(in(NatsSettings.Mode.CORE, candles().subjects()), intake.reading(new NativeCandleDecoder()));
        var told = plain(in(NatsSettings.Mode.CORE, candles().extractionSubjects()), notices);
        var klines = plain(candles().klineSubjects(), intake.reading(new KlineDecoder()));
        return Stream.of(pulled, own, told, klines)
                .flatMap(sources -> sources)
                .reduce((one, other) -> one.merge(other))
                .orElseThrow()
                .watchTermination((ignored, termination) -> {
                    refreshPendingLater();
                    var _ = termination.whenComplete((done, failure) -> BLOCKING.execute(this::close));
                    return ignored;
                });
    }

    /** Asks for the end; what was taken already is still emitted. */
    void stop() {
        stopped = true;
        pullers.forEach(JetStreamPuller::stop);
        subscriptions.forEach(CoreSubscription::stop);
    }

    CompletionStage<Done> ended() {
        return ended;
    }

    long pending() {
        var known = pullers.stream().mapToLong(JetStreamPuller::pending).toArray();
        var sum = subscriptions.stream().mapToLong(CoreSubscription::waiting).sum();
        for (var pending : known) {
            if (pending == SourceHealth.PENDING_UNKNOWN) {
                return SourceHealth.PENDING_UNKNOWN;
            }
            sum += pending;
        }
        return sum;
    }

    private void refreshPendingLater() {
        CompletableFuture.delayedExecutor(REFRESH.toMillis(), TimeUnit.MILLISECONDS, BLOCKING)
                .execute(() -> {
                    if (!ended.isDone()) {
                        pullers.forEach(JetStreamPuller::refreshPending);
                        refreshPendingLater();
                    }
                });
    }

    /** The subjects, if this is the mode in which they are read this way. */
    private List<String> in(NatsSettings.Mode mode, List<String> subjects) {
        return nats.settings().mode() == mode ? subjects : List.of();
    }

    private Stream<Source<CandleMessage, NotUsed>> plain(List<String> subjects, MessageIntake messages) {
        return subjects.stream().map(subject -> subscribed(subject, messages));
    }

    private NatsSettings.Candles candles() {
        return nats.settings().candles();
    }

    private static Source<CandleMessage, NotUsed> pulled(JetStreamPuller puller) {
        return Source.unfoldAsync(puller, CandleFeed::poll).mapConcat(candles -> candles);
    }

    private static CompletionStage<Optional<Pair<JetStreamPuller, List<CandleMessage>>>> poll(JetStreamPuller puller) {
        return CompletableFuture.supplyAsync(() -> polled(puller), BLOCKING);
    }

    private static Optional<Pair<JetStreamPuller, List<CandleMessage>>> polled(JetStreamPuller puller) {
        try {
            return puller.poll().map(candles -> Pair.create(puller, candles));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Source<CandleMessage, NotUsed> subscribed(String subject, MessageIntake messages) {
        return Source.<CandleMessage>queue(candles().delivery().buffer()).mapMaterializedValue(queue -> {
            var subscription = CoreSubscription.open(nats, subject, messages, dropped, queue);
            subscriptions.add(subscription);
            if (stopped) {
                subscription.stop();
            }
            return NotUsed.getInstance();
        });
    }

    private void close() {
        pullers.forEach(JetStreamPuller::close);
        subscriptions.forEach(CoreSubscription::stop);
        ended.complete(Done.getInstance());
    }
}
