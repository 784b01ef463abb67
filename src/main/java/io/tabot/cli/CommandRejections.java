package io.tabot.cli;

import io.tabot.signal.Rejections;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;

/** Tells of each strategy that failed, once: a bug must not look like silence. */
final class CommandRejections implements Rejections {
    private final PrintWriter err;
    private final Set<String> told = new HashSet<>();

    CommandRejections(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void rejected(String strategyId, Reason reason) {}

    @Override
    public void failed(String strategyId, Throwable failure) {
        if (told.add(strategyId)) {
            Failures.tell(err, "strategy " + strategyId + " failed, and gives no signal where it does: " + failure);
        }
    }
}
