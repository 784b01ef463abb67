package io.tabot.signal;

import java.util.ArrayList;
import java.util.List;

/** Writes down what it is told, one line each. */
final class RecordedRejections implements Rejections {
    final List<String> lines = new ArrayList<>();

    @Override
    public void rejected(String strategyId, Reason reason) {
        lines.add(strategyId + " " + reason);
    }

    @Override
    public void failed(String strategyId, Throwable failure) {
        lines.add(strategyId + " failed: " + failure.getMessage());
    }
}
