package io.tabot.signal;

import java.util.List;

/** Where signals that went out are kept, to be looked up long after. */
public interface SignalArchive extends SignalStore {
    /**
     * Keeps each of them once, however often it comes; durable when this returns. Blocks.
     *
     * @return those that can never be kept
     * @throws Unavailable if it is not known that the others are kept
     */
    List<SentSignal> keep(List<SentSignal> signals);
}
