package io.tabot.live;

import io.tabot.live.LiveLog.Gap;
import io.tabot.live.LiveLog.Past;
import io.tabot.live.LiveTail.Next;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.OutHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.DurationConverters;

/**
 * One reader's stream of a log: the past piece by piece as the reader takes it, then what comes. All it knows is how
 * far it got, so past and present join without a seam. Who has caught up once and then falls behind further than the
 * memory reaches is told where to go on, and let go.
 */
public final class LiveSource<T, F> extends GraphStage<SourceShape<F>> {
    /** A reader that takes nothing at all does not take the last frame either. */
    private static final Duration LAST_FRAME_MAX = Duration.ofSeconds(5);

    /**
     * What a reader wants.
     *
     * @param after entries after this number
     * @param wanted which of them
     * @param follows whether it waits for more when it got all there is
     */
    public record Wish<T>(long after, Predicate<T> wanted, boolean follows) {}

    private final LiveLog<T> log;
    private final Wish<T> wish;
    private final Frames<T, F> frames;
    private final OpenStreams.Place place;
    private final Duration heartbeat;
    private final Outlet<F> out = Outlet.create("live.out");
    private final SourceShape<F> shape = SourceShape.of(out);

    public LiveSource(LiveLog<T> log, Wish<T> wish, Frames<T, F> frames, OpenStreams.Place place, Duration heartbeat) {
        this.log = log;
        this.wish = wish;
        this.frames = frames;
        this.place = place;
        this.heartbeat = heartbeat;
    }

    @Override
    public SourceShape<F> shape() {
        return shape;
    }

    @Override
    public TimerGraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private record PastRead<T>(
            @Nullable Past<T> past, @Nullable Throwable failure) {}

    private final class Logic extends TimerGraphStageLogic implements OutHandler {
        private static final String HEARTBEAT = "heartbeat";
        private static final String GIVE_UP = "give-up";

        private final Deque<LiveEntry<T>> past = new ArrayDeque<>();
        private final AtomicBoolean isTold = new AtomicBoolean();
        private final AsyncCallback<Boolean> news = createAsyncCallback(_ -> onNews());
        private final AsyncCallback<StreamEnd> ends = createAsyncCallback(this::end);
        private final AsyncCallback<PastRead<T>> reads = createAsyncCallback(this::onPast);
        private final Runnable listener = this::tell;
        private final LiveTail<T> tail = log.tail();
        private final long life = tail.life();
        private long upTo = wish.after();
        private long pastUpTo = wish.after();
        private long told = wish.after();
        private @Nullable Gap gap;
        private boolean isOpen;
        private boolean isReading;
        private boolean hasCaughtUp;
        private boolean isEnding;
        private @Nullable F lastFrame;

        Logic() {
            super(shape);
            setHandler(out, this);
        }

        @Override
        public void preStart() {
            tail.listen(listener);
            place.use(ends::invoke);
            var interval = DurationConverters.toScala(heartbeat);
            scheduleWithFixedDelay(HEARTBEAT, interval, interval);
        }

        @Override
        public void postStop() {
            tail.leave(listener);
            place.free();
        }

        @Override
        public void onPull() {
            if (isEnding) {
                giveLast();
            } else if (isOpen) {
                step();
            } else {
                isOpen = true;
                push(out, frames.opening(upTo, tail.head()));
            }
        }

        @Override
        public void onDownstreamFinish(Throwable cause) {
            cancelStage(cause);
        }

        @Override
        public void onTimer(Object key) {
            if (key.equals(GIVE_UP)) {
                completeStage();
            } else if (isAvailable(out) && isOpen && !isEnding) {
                push(out, frames.heartbeat(upTo, upTo > told));
                told = upTo;
            }
        }

        /** On whatever thread the log grows. One call that waits is enough for any number of entries. */
        private void tell() {
            if (isTold.compareAndSet(false, true)) {
                news.invoke(true);
            }
        }

        private void onNews() {
            isTold.set(false);
            if (isEnding) {
                return;
            }
            if (isAvailable(out) && isOpen) {
                step();
            } else if (hasCaughtUp && next() instanceof Next.Forgotten<T> forgotten && forgotten.isOverrun()) {
                end(StreamEnd.SLOW_READER);
            }
        }

        private Next<T> next() {
            return tail.after(upTo, life);
        }

        /** Gives the reader, who waits, the next thing there is. */
        private void step() {
            while (isAvailable(out) && !isEnding && !isReading) {
                if (gap != null) {
                    push(out, frames.gap(gap));
                    gap = null;
                } else if (!past.isEmpty()) {
                    offer(past.remove());
                } else if (pastUpTo > upTo) {
                    upTo = pastUpTo;
                } else if (!stepOn()) {
                    return;
                }
            }
        }

        /** Whether there may be more to give. */
        private boolean stepOn() {
            return switch (next()) {
                case Next.Entry<T>(var entry) -> {
                    hasCaughtUp = true;
                    offer(entry);
                    yield true;
                }
                case Next.Nothing<T>() -> {
                    hasCaughtUp = true;
                    if (!wish.follows()) {
                        end(StreamEnd.COMPLETE);
                    }
                    yield false;
                }
                case Next.Forgotten<T>(var _, var isOverrun) -> {
                    if (hasCaughtUp && isOverrun) {
                        end(StreamEnd.SLOW_READER);
                    } else {
                        read();
                    }
                    yield false;
                }
                case Next.Rewritten<T>() -> {
                    end(StreamEnd.REWRITTEN);
                    yield false;
                }
            };
        }

        private void offer(LiveEntry<T> entry) {
            upTo = entry.number();
            if (wish.wanted().test(entry.value())) {
                push(out, frames.entry(entry));
                told = upTo;
                place.sentOne();
            }
        }

        private void read() {
            isReading = true;
            log.past(upTo).whenComplete((past, failure) -> reads.invoke(new PastRead<>(past, failure)));
        }

        private void onPast(PastRead<T> read) {
            isReading = false;
            var found = read.past();
            if (found == null || found.upTo() <= upTo) {
                goWithout(read.failure());
            } else {
                past.addAll(found.entries());
                pastUpTo = found.upTo();
                gap = found.gap();
            }
            step();
        }

        /** What can't be read is named, and the stream goes on with what is in memory. */
        private void goWithout(@Nullable Throwable failure) {
            var floor = tail.floor();
            var message = failure == null ? null : failure.getMessage();
            if (floor > upTo) {
                gap = new Gap(upTo, floor, message == null ? "it can't be read now" : message);
                pastUpTo = floor;
            }
        }

        private void end(StreamEnd reason) {
            if (isEnding) {
                return;
            }
            isEnding = true;
            place.ended(reason);
            scheduleOnce(GIVE_UP, DurationConverters.toScala(LAST_FRAME_MAX));
            lastFrame = frames.end(reason, upTo);
            giveLast();
        }

        /** Not by what Pekko has for it, which would wait for the reader however long. */
        private void giveLast() {
            if (lastFrame != null && isAvailable(out)) {
                push(out, lastFrame);
                completeStage();
            }
        }
    }
}
