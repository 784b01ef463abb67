package io.tabot.journal;

import io.tabot.config.ChangeMeta;
import io.tabot.config.ChangeReply;
import io.tabot.config.ConfigEntity;
import io.tabot.config.ConfigView;
import io.tabot.config.Outcome;
import io.tabot.testing.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A client that makes one change after the other, repeats with the same key what was not confirmed, and reads what is
 * in force all the time. Remembers what was acknowledged, and how long nothing was. No answer is no confirmation.
 */
public final class SteadyChanges implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final ActorTestKit actors;
    private final ActorRef<ConfigEntity.Command> entity;
    private final ConfigView view;
    private final Map<String, Long> acknowledged = new LinkedHashMap<>();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "steady-changes");
    private List<Long> latencies = new ArrayList<>();
    private long lastAcknowledged = System.nanoTime();
    private long longestGap;
    private long readsFailed;
    private boolean wasShown;
    private volatile Duration pause = Duration.ZERO;

    SteadyChanges(ActorTestKit actors, ActorRef<ConfigEntity.Command> entity, ConfigView view) {
        this("change", actors, entity, view);
    }

    /** @param name what the keys of its changes begin with */
    SteadyChanges(String name, ActorTestKit actors, ActorRef<ConfigEntity.Command> entity, ConfigView view) {
        this.name = name;
        this.actors = actors;
        this.entity = entity;
        this.view = view;
    }

    /** Waits so long between two changes from now on, for a history that doesn't grow too fast. */
    void pauseBetween(Duration time) {
        pause = time;
    }

    public void start() {
        thread.start();
    }

    /** Waits until so many more changes were acknowledged. */
    public void awaitMore(int count) {
        awaitMore(count, Duration.ofSeconds(60));
    }

    void awaitMore(int count, Duration patience) {
        var goal = count() + count;
        Awaitility.await().atMost(patience).until(() -> count() >= goal);
    }

    public synchronized int count() {
        return acknowledged.size();
    }

    /** The revision of each change by its key. */
    public synchronized Map<String, Long> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    public synchronized Duration longestGap() {
        return Duration.ofNanos(longestGap);
    }

    /** What is longest begins now. */
    synchronized void forgetGap() {
        longestGap = 0;
    }

    /** In nanoseconds, of each change that was acknowledged at the first try, since this was last asked. */
    synchronized List<Long> takeLatencies() {
        var taken = latencies;
        latencies = new ArrayList<>();
        return taken;
    }

    public synchronized long readsFailed() {
        return readsFailed;
    }

    @Override
    public void close() throws InterruptedException {
        ending.countDown();
        thread.join(TimeUnit.SECONDS.toMillis(60));
    }

    private void run() {
        for (var i = 1; ending.getCount() > 0; i++) {
            var key = name + "-" + i;
            var start = System.nanoTime();
            var tries = 1;
            while (ending.getCount() > 0 && !isAcknowledged(key, 1 + i % 100)) {
                read();
                tries++;
            }
            took(tries, System.nanoTime() - start);
            read();
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private boolean isAcknowledged(String key, int value) {
        TestProbe<ChangeReply> probe = actors.createTestProbe();
        var meta = new ChangeMeta("tester", ChangeMeta.Through.API, key, new ChangeMeta.Idempotency(key, "of " + key));
        entity.tell(new ConfigEntity.Change(
                Events.application(Map.of("max_positions", value), meta), false, probe.getRef()));
        return switch (answer(probe)) {
            case null -> false;
            case ChangeReply.Decided(Outcome.Accept(var event, var _), var _, var _) -> count(key, event.revision());
            case ChangeReply.Decided(Outcome.Repeat(var first), var _, var _) -> count(key, first.revision());
            case ChangeReply.Decided decided -> throw new IllegalStateException("not expected: " + decided.outcome());
            case ChangeReply.Unconfirmed _ -> false;
            case ChangeReply.ReadOnly _ -> false;
        };
    }

    private static @Nullable ChangeReply answer(TestProbe<ChangeReply> probe) {
        try {
            return probe.receiveMessage(PATIENCE);
        } catch (AssertionError e) {
            return null;
        } finally {
            probe.stop();
        }
    }

    private synchronized boolean count(String key, long revision) {
        var now = System.nanoTime();
        if (!acknowledged.isEmpty()) {
            longestGap = Math.max(longestGap, now - lastAcknowledged);
        }
        lastAcknowledged = now;
        acknowledged.put(key, revision);
        return true;
    }

    private synchronized void took(int tries, long nanos) {
        if (tries == 1) {
            latencies.add(nanos);
        }
    }

    private synchronized void read() {
        if (view.current().isPresent()) {
            wasShown = true;
        } else if (wasShown) {
            readsFailed++;
        }
    }
}
