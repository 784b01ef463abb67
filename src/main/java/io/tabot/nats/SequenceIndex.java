package io.tabot.nats;

import java.util.Arrays;

/**
 * Where in a stream the messages of some ids are: sixteen bytes a message, the newest million of them. Two ids may look
 * alike here, so whoever finds one reads it to be sure. One thread at a time.
 */
final class SequenceIndex {
    static final int CAPACITY = 1 << 20;

    private static final int FIRST_CAPACITY = 1 << 10;
    private static final int HEX = 16;

    private long[] ids = new long[FIRST_CAPACITY];
    private long[] sequences = new long[FIRST_CAPACITY];
    private int size;
    private int oldest;
    private long newest;

    /** The newest sequence that was added or passed over; 0 for none. */
    long newest() {
        return newest;
    }

    /** Everything up to this sequence is known. */
    void reached(long sequence) {
        newest = Math.max(newest, sequence);
    }

    void clear() {
        size = 0;
        oldest = 0;
        newest = 0;
    }

    /** An id that does not begin with sixteen hexadecimal digits is none of ours and is passed over. */
    void add(String id, long sequence) {
        reached(sequence);
        if (!isOurs(id)) {
            return;
        }
        if (size == ids.length && size < CAPACITY) {
            ids = Arrays.copyOf(ids, 2 * size);
            sequences = Arrays.copyOf(sequences, 2 * size);
        }
        if (size < ids.length) {
            put(size++, id, sequence);
        } else {
            put(oldest, id, sequence);
            oldest = (oldest + 1) % CAPACITY;
        }
    }

    /** Newest first; 0 for an id that is not known. */
    long find(String id) {
        if (!isOurs(id)) {
            return 0;
        }
        var wanted = key(id);
        for (var i = 1; i <= size; i++) {
            var place = (oldest + size - i) % size;
            if (ids[place] == wanted) {
                return sequences[place];
            }
        }
        return 0;
    }

    private void put(int place, String id, long sequence) {
        ids[place] = key(id);
        sequences[place] = sequence;
    }

    private static boolean isOurs(String id) {
        return id.length() >= HEX && id.substring(0, HEX).chars().allMatch(c -> Character.digit(c, HEX) >= 0);
    }

    private static long key(String id) {
        return Long.parseUnsignedLong(id.substring(0, HEX), HEX);
    }
}
