package io.tabot.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest entries of a log, in memory, for any number of readers. A reader asks for what comes after the last entry
 * that it has: so it can neither miss one nor get one twice, and a slow one costs nothing here. Safe on any thread.
 */
public final class LiveTail<T> {
    /** What follows a number. */
    public sealed interface Next<T> {
        record Entry<T>(LiveEntry<T> entry) implements Next<T> {}

        /** Nothing yet. */
        record Nothing<T>() implements Next<T> {}

        /**
         * It is not in memory any more, or never was.
         *
         * @param upTo what comes after this is in memory
         * @param isOverrun whether it was there, and later entries took its place
         */
        record Forgotten<T>(long upTo, boolean isOverrun) implements Next<T> {}

        /** The log was begun anew, or went back: numbers from before mean nothing any more. */
        record Rewritten<T>() implements Next<T> {}
    }

    private final int capacity;
    private final Deque<LiveEntry<T>> entries = new ArrayDeque<>();
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private long floor;
    private long head;
    private long life;
    private boolean isOverrun;

    /** @param capacity how many entries are kept; a reader that is further behind is too slow */
    public LiveTail(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("room for " + capacity + " entries");
        }
        this.capacity = capacity;
    }

    /** The number that everything known so far ends with. */
    public synchronized long head() {
        return head;
    }

    /** What comes after this is in memory. */
    public synchronized long floor() {
        return floor;
    }

    /** Counts how often the log was rewritten. */
    public synchronized long life() {
        return life;
    }

    /** Adds the next entry. Readers don't see it before {@link #reach}. */
    public synchronized void add(LiveEntry<T> entry) {
        if (entry.number() <= (entries.isEmpty() ? head : entries.getLast().number())) {
            throw new IllegalArgumentException("entry " + entry.number() + " does not follow");
        }
        entries.addLast(entry);
        if (entries.size() > capacity) {
            floor = entries.removeFirst().number();
            isOverrun = true;
        }
    }

    /** The log goes up to here, and all of it since the floor was added. */
    public void reach(long number) {
        synchronized (this) {
            head = Math.max(head, number);
        }
        tell();
    }

    /** The log goes up to here, and what it has before that is not known. */
    public void jump(long number) {
        synchronized (this) {
            forget(number);
        }
        tell();
    }

    /** Another log took the place of this one, and goes up to here. Whoever reads has to begin again. */
    public void rewrite(long number) {
        synchronized (this) {
            forget(number);
            life++;
        }
        tell();
    }

    /** @param life what {@link #life} said when the reader began */
    public synchronized Next<T> after(long number, long life) {
        if (life != this.life) {
            return new Next.Rewritten<>();
        }
        if (number < floor) {
            return new Next.Forgotten<>(floor, isOverrun);
        }
        if (number >= head) {
            return new Next.Nothing<>();
        }
        return find(number);
    }

    /** The newest entries, oldest first. */
    public synchronized List<LiveEntry<T>> entries() {
        return new ArrayList<>(entries);
    }

    /** Calls back after each change, on the thread that made it, until it is told not to. */
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void leave(Runnable listener) {
        listeners.remove(listener);
    }

    /** Most readers lack the newest entry alone, so the search begins there. */
    private Next<T> find(long number) {
        Next<T> found = new Next.Nothing<>();
        for (var newest = entries.descendingIterator(); newest.hasNext(); ) {
            var entry = newest.next();
            if (entry.number() <= number) {
                return found;
            }
            found = entry.number() <= head ? new Next.Entry<>(entry) : found;
        }
        return found;
    }

    private void forget(long number) {
        entries.clear();
        floor = number;
        head = number;
        isOverrun = false;
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }
}
