package io.tabot.signal;

/**
 * The names of a metadata as JSON has them, with the comma before and the colon behind each: one piece of memory in
 * place of a text for each.
 *
 * @param json all of them
 * @param ends where each ends
 */
record JsonNames(byte[] json, int[] ends) {
    int length(int index) {
        return ends[index] - start(index);
    }

    /** Returns the end of it. The target has room for its length. */
    int write(int index, byte[] target, int from) {
        var length = length(index);
        System.arraycopy(json, start(index), target, from, length);
        return from + length;
    }

    private int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }
}
