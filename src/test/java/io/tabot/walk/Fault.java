package io.tabot.walk;

import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;

/** What can go wrong, as an act on a running world. Whatever has ended is started again after it. */
public enum Fault {
    /** Every node is told to end and started again, one after the other. */
    ROLLING_RESTART {
        @Override
        String strike(Walk.World world, Random random) {
            for (var node = 0; node < world.nodes().size(); node++) {
                var code = world.nodes().process(node).terminate();
                if (code != 0) {
                    throw new IllegalStateException("node " + node + " ended with " + code + " when told to end");
                }
                world.nodes().startEnded();
            }
            return "all nodes";
        }
    },
    KILL_OWNER {
        @Override
        String strike(Walk.World world, Random random) {
            var owner = world.nodes().owner();
            world.nodes().process(owner).kill();
            return "node " + owner + ", which owned the configuration";
        }
    },
    /** One node, and for a while nobody starts it again. */
    KILL_ANY {
        @Override
        String strike(Walk.World world, Random random) {
            var node = random.nextInt(world.nodes().size());
            world.nodes().process(node).kill();
            Pause.of(Duration.ofMillis(random.nextInt(8_000)));
            return "node " + node;
        }
    },
    KILL_ALL {
        @Override
        String strike(Walk.World world, Random random) {
            world.nodes().lives().forEach(life -> life.process().kill());
            return "all nodes at once";
        }
    },
    /** Shorter than it takes to be noticed. */
    FREEZE_SHORT {
        @Override
        String strike(Walk.World world, Random random) {
            return freeze(world, random, Duration.ofMillis(500 + random.nextInt(2_500)));
        }
    },
    /** So long that the others have gone on without it when it wakes up. */
    FREEZE_LONG {
        @Override
        String strike(Walk.World world, Random random) {
            return freeze(world, random, Duration.ofSeconds(25));
        }
    },
    PARTITION_SHORT {
        @Override
        String strike(Walk.World world, Random random) {
            var node = random.nextInt(world.nodes().size());
            world.nodes().links().cutOff(Set.of(node));
            Pause.of(Duration.ofMillis(500 + random.nextInt(3_500)));
            world.nodes().links().heal();
            return "node " + node + " from the others";
        }
    },
    /** Until the smaller side has given up; its databases and NATS it reaches all the time. */
    PARTITION {
        @Override
        String strike(Walk.World world, Random random) {
            var node = random.nextInt(world.nodes().size());
            cutOffUntilItEnds(world, node);
            world.nodes().links().heal();
            return "node " + node + " from the others";
        }
    },
    /** Healed while nodes are being taken out: each side may have decided by then, or not. */
    PARTITION_HEALED {
        @Override
        String strike(Walk.World world, Random random) {
            var node = random.nextInt(world.nodes().size());
            var time = Duration.ofMillis(5_000 + random.nextInt(7_000));
            world.nodes().links().cutOff(Set.of(node));
            Pause.of(time);
            world.nodes().links().heal();
            return "node " + node + " from the others for " + time.toMillis() + " ms";
        }
    },
    /** The first seed node is started again while it still reaches no other one: it must not begin a cluster. */
    PARTITION_RESTART {
        @Override
        String strike(Walk.World world, Random random) {
            cutOffUntilItEnds(world, 0);
            world.nodes().startAgain(0);
            Pause.of(Duration.ofSeconds(20));
            world.nodes().links().heal();
            return "the first seed node from the others, started while it was alone";
        }
    },
    NATS_RESTART {
        @Override
        String strike(Walk.World world, Random random) {
            world.nats().kill();
            Pause.of(Duration.ofMillis(random.nextInt(4_000)));
            world.nats().start();
            world.candles().mayHaveForgotten();
            return "nats-server killed and started";
        }
    },
    JOURNAL_RESTART {
        @Override
        String strike(Walk.World world, Random random) {
            world.journal().kill();
            Pause.of(Duration.ofMillis(random.nextInt(4_000)));
            world.journal().start();
            return "MariaDB killed and started";
        }
    };

    /** Ends when the fault is over, but for nodes that have to be started again; what was struck, in words. */
    abstract String strike(Walk.World world, Random random);

    private static void cutOffUntilItEnds(Walk.World world, int node) {
        var alone = world.nodes().process(node);
        world.nodes().links().cutOff(Set.of(node));
        Awaitility.await("the end of a node that is alone")
                .atMost(Patience.LONG)
                .until(() -> !alone.isAlive());
    }

    private static String freeze(Walk.World world, Random random, Duration time) {
        var node = random.nextInt(world.nodes().size());
        world.nodes().process(node).pause();
        Pause.of(time);
        world.nodes().process(node).resume();
        return "node " + node + " for " + time.toMillis() + " ms";
    }
}
