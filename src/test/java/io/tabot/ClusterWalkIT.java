package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.walk.Fault;
import io.tabot.walk.Walk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes under candles and changes lose nothing and repeat nothing, whatever of them fails. */
class ClusterWalkIT {
    private static final long SEED = Long.getLong("tabot.seed", System.nanoTime());
    private static final List<Fault> FAULTS = Arrays.stream(
                    System.getProperty("walk.faults", "KILL_OWNER,FREEZE_SHORT,PARTITION,NATS_RESTART")
                            .split(","))
            .map(Fault::valueOf)
            .toList();
    private static final Walk.Load LOAD = new Walk.Load(20, 2, Duration.ofSeconds(1), 1_000, Duration.ofMillis(200));

    /** With the logs of the nodes, which say more about a failure than the findings. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path home;

    @Test
    void losesNothingAndRepeatsNothing() throws Exception {
        var findings = new Walk(LOAD, SEED, System.out).run(home, FAULTS);

        assertThat(findings).as("seed %d", SEED).isEmpty();
    }
}
