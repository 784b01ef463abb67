package io.tabot.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Takes from a stream as much as the test asks for, and not one element more. */
public final class Taker implements Subscriber<String> {
    /** What stands for the end of the stream. */
    public static final String COMPLETE = "(complete)";

    private static final int WAIT_SECONDS = 20;

    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
    private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();

    public void request(long count) {
        subscription.join().request(count);
    }

    public void cancel() {
        subscription.join().cancel();
    }

    public String next() {
        try {
            return Objects.requireNonNull(taken.poll(WAIT_SECONDS, TimeUnit.SECONDS), "nothing came in time");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public List<String> next(int count) {
        var all = new ArrayList<String>();
        while (all.size() < count) {
            all.add(next());
        }
        return all;
    }

    @Override
    public void onSubscribe(Subscription begun) {
        subscription.complete(begun);
    }

    @Override
    public void onNext(String element) {
        taken.add(element);
    }

    @Override
    public void onError(Throwable failure) {
        taken.add(failure.toString());
    }

    @Override
    public void onComplete() {
        taken.add(COMPLETE);
    }
}
