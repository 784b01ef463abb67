package io.tabot.signal;

import java.util.Arrays;

/** The newest open times that were added, each once, in order and without objects; the oldest give way. */
final class OpenTimes {
    private final long[] times;
    private int size;

    OpenTimes(int capacity) {
        this.times = new long[capacity];
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The newest; there must be one. */
    long last() {
        if (isEmpty()) {
            throw new IllegalStateException("no open time was added");
        }
        return times[size - 1];
    }

    boolean contains(long openTime) {
        return find(openTime) >= 0;
    }

    /** One that is older than all changes nothing when there is no room. */
    void add(long openTime) {
        var found = find(openTime);
        if (found >= 0) {
            return;
        }
        var place = -found - 1;
        if (size < times.length) {
            System.arraycopy(times, place, times, place + 1, size - place);
            times[place] = openTime;
            size++;
        } else if (place > 0) {
            System.arraycopy(times, 1, times, 0, place - 1);
            times[place - 1] = openTime;
        }
    }

    void remove(long openTime) {
        var found = find(openTime);
        if (found >= 0) {
            System.arraycopy(times, found + 1, times, found, size - found - 1);
            size--;
        }
    }

    private int find(long openTime) {
        return Arrays.binarySearch(times, 0, size, openTime);
    }
}
