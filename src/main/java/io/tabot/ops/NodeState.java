package io.tabot.ops;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Whether this process is fit to be asked and fit to live.
 *
 * @param servesConfiguration it can answer reads of the configuration, stale ones included
 * @param isMember it belongs to the cluster
 * @param isStopping it is shutting down
 * @param isAlive false only when nothing but a restart would help
 */
public record NodeState(
        BooleanSupplier servesConfiguration,
        BooleanSupplier isMember,
        BooleanSupplier isStopping,
        BooleanSupplier isAlive) {
    /**
     * Why no requests should come here, or nothing. Lost dependencies are no reason: another node has lost them
     * too.
     */
    public Optional<String> notReadyBecause() {
        if (isStopping.getAsBoolean()) {
            return Optional.of("shutting down");
        }
        if (!isMember.getAsBoolean()) {
            return Optional.of("not yet a member of the cluster");
        }
        return servesConfiguration.getAsBoolean()
                ? Optional.empty()
                : Optional.of("no configuration has been read yet");
    }
}
