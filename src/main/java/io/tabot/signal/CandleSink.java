package io.tabot.signal;

import io.tabot.trace.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.AbruptStageTerminationException;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.SinkShape;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.InHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;
import scala.runtime.BoxedUnit;

/**
 * Sends each candle off with a {@link Ticket} and acknowledges it when the ticket is back, or gives it back to its
 * source when that takes too long. One table and one timer for all: asks would have a timer and a promise each.
 */
final class CandleSink extends AbstractGraphStageWithMaterializedValue<SinkShape<CandleMessage>, CandleSink.Run> {
    private static final Logger LOG = LoggerFactory.getLogger(CandleFlow.class);

    /** A time-out is noticed late by at most this part of it. */
    private static final int TICKS = 20;

    private final Inlet<CandleMessage> in = Inlet.create("candles");
    private final SinkShape<CandleMessage> shape = SinkShape.of(in);
    private final Departure departure;
    private final CandleFlow.Limits limits;

    /** Sends a candle to whom it concerns. */
    interface Departure {
        /** What traces it until its ticket is back; null if it concerns nobody: the ticket is not used then. */
        @Nullable Span send(CandleMessage message, Ticket ticket);
    }

    /** One that runs; it ends when its source is drained and nothing is under way. */
    record Run(CompletionStage<Done> ended, Runnable giveBack) {}

    private record UnderWay(CandleMessage message, Span span, long sinceTick) {
        void end() {
            message.ack().done();
            span.end();
        }

        void giveBack(String reason) {
            message.ack().retry();
            span.failed(reason);
            span.end();
        }
    }

    CandleSink(Departure departure, CandleFlow.Limits limits) {
        this.departure = departure;
        this.limits = limits;
    }

    @Override
    public SinkShape<CandleMessage> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, Run> createLogicAndMaterializedValuePair(Attributes inheritedAttributes) {
        var logic = new Logic();
        return Pair.create(logic, new Run(logic.ended, () -> logic.nodeLost.invoke(NotUsed.getInstance())));
    }

    private final class Logic extends TimerGraphStageLogic implements InHandler {
        private static final String TICK = "tick";

        private final CompletableFuture<Done> ended = new CompletableFuture<>();
        private final Map<Long, UnderWay> underWay = new LinkedHashMap<>();
        private final AsyncCallback<NotUsed> nodeLost = createAsyncCallback(_ -> onNodeLost());
        private long lastNumber;
        private long tick;
        private @Nullable ActorRef<Ticket> office;

        Logic() {
            super(shape);
            setHandler(in, this);
        }

        @Override
        public void preStart() {
            setKeepGoing(true);
            office = Adapter.toTyped(getStageActor(this::onMessage).ref());
            var interval = limits.answerTimeout().dividedBy(TICKS);
            scheduleWithFixedDelay(TICK, interval, interval);
            pull(in);
        }

        @Override
        public void onPush() {
            var message = grab(in);
            var ticket = new Ticket(++lastNumber, office());
            var span = departure.send(message, ticket);
            if (span == null) {
                message.ack().done();
            } else {
                underWay.put(ticket.number(), new UnderWay(message, span, tick));
            }
            goOn();
        }

        private BoxedUnit onMessage(Tuple2<org.apache.pekko.actor.ActorRef, Object> received) {
            if (received._2() instanceof Ticket ticket) {
                var candle = underWay.remove(ticket.number());
                if (candle != null) {
                    candle.end();
                    goOn();
                }
            }
            return BoxedUnit.UNIT;
        }

        @Override
        public void onTimer(Object key) {
            tick++;
            var late = underWay.values().stream()
                    .takeWhile(candle -> tick - candle.sinceTick > TICKS)
                    .count();
            giveBack(late, "not answered within " + limits.answerTimeout());
        }

        /**
         * What had been sent to it is answered by nobody, and would be in the way of all others until its time is up.
         * Nobody can tell which that is; what comes again though it was not lost is recognized by its actor.
         */
        private void onNodeLost() {
            if (!underWay.isEmpty()) {
                LOG.warn("a node was taken out; {} candles under way are taken anew", underWay.size());
            }
            giveBack(underWay.size(), "a node was taken out");
        }

        /** The oldest first. */
        private void giveBack(long count, String reason) {
            var oldest = underWay.values().iterator();
            for (var given = 0L; given < count; given++) {
                var candle = oldest.next();
                oldest.remove();
                candle.giveBack(reason);
            }
            goOn();
        }

        private void goOn() {
            if (isClosed(in)) {
                if (underWay.isEmpty()) {
                    ended.complete(Done.getInstance());
                    completeStage();
                }
            } else if (underWay.size() < limits.inFlight() && !hasBeenPulled(in)) {
                pull(in);
            }
        }

        @Override
        public void onUpstreamFinish() {
            goOn();
        }

        @Override
        public void onUpstreamFailure(Throwable failure) {
            ended.completeExceptionally(failure);
            failStage(failure);
        }

        @Override
        public void postStop() {
            List.copyOf(underWay.values()).forEach(candle -> candle.giveBack("the stream of candles ended"));
            ended.completeExceptionally(new AbruptStageTerminationException(this));
        }

        private ActorRef<Ticket> office() {
            return Objects.requireNonNull(office);
        }
    }
}
