package io.tabot.cli;

import io.tabot.Settings;
import io.tabot.cli.ServiceAddress.Surroundings;
import io.tabot.journal.EmbeddedJournal;
import io.tabot.nats.NatsSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts several nodes as processes of this machine, shows what they print, and stays until they have ended. */
@Command(
        name = "start",
        description = "Start nodes on the addresses 127.0.0.1, 127.0.0.2 and so on, and stay until they end.",
        footer = {
            "",
            "They take the settings of this machine, and a data folder each below data-dir/cluster, where their output"
                    + " is kept too. Ctrl-C ends them all; each hands over what it has. One that dies stays dead until"
                    + " all are started again.",
            "Needs NATS with JetStream and a journal with a server, for example:",
            "  nats-server -js &",
            "  docker run -d -p 3306:3306 -e MARIADB_DATABASE=tabot -e MARIADB_USER=tabot -e MARIADB_PASSWORD=tabot"
                    + " -e MARIADB_RANDOM_ROOT_PASSWORD=1 mariadb",
            "  export NATS_URL=nats://127.0.0.1:4222 MYSQL_URI=mysql://tabot:tabot@127.0.0.1:3306/tabot"
        })
final class ClusterStartCommand implements Callable<Integer> {
    private static final int NODES_MAX = 9;

    private final OutputStream out;
    private final Surroundings surroundings;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many, 1 to 9. Of two, the death of one may end the other. Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Mixin
    private ClusterPorts ports = new ClusterPorts();

    ClusterStartCommand(OutputStream out, Surroundings surroundings) {
        this.out = out;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (nodes < 1 || nodes > NODES_MAX) {
            throw new ParameterException(command.commandLine(), "--nodes must be 1 to " + NODES_MAX);
        }
        var settings = surroundings.ownSettings().get();
        checkServers(settings);
        var seeds = IntStream.rangeClosed(1, nodes)
                .mapToObj(node -> host(node) + ":" + ports.remoting())
                .collect(Collectors.joining(","));
        var started = new ArrayList<ClusterNode>();
        try (var group = new ClusterNodes(out)) {
            for (var node = 1; node <= nodes; node++) {
                started.add(node(node, settings, seeds));
            }
            return group.run(started);
        }
    }

    private ClusterNode node(int number, Settings settings, String seeds) {
        var host = host(number);
        return new ClusterNode(
                number,
                settings.dataDir().resolve("cluster").resolve("node-" + number),
                (settings.http().tls().isPresent() ? "https://" : "http://") + host + ":" + ports.http(),
                surroundings.environment(),
                List.of(
                        "TABOT_CLUSTER_ENABLED=true",
                        "TABOT_CLUSTER_BOOTSTRAP=seeds",
                        "TABOT_CLUSTER_HOST=" + host,
                        "TABOT_CLUSTER_PORT=" + ports.remoting(),
                        "TABOT_CLUSTER_SEED_NODES=" + seeds,
                        "TABOT_HTTP_HOST=" + host,
                        "TABOT_HTTP_PORT=" + ports.http()),
                nodes);
    }

    private static String host(int node) {
        return "127.0.0." + node;
    }

    private static void checkServers(Settings settings) {
        var lacks = new ArrayList<String>();
        if (settings.nats()
                .filter(nats -> nats.mode() == NatsSettings.Mode.JETSTREAM)
                .isEmpty()) {
            lacks.add("NATS with JetStream (nats-server -js, then export NATS_URL=nats://127.0.0.1:4222)");
        }
        if (settings.journals().names().contains(EmbeddedJournal.NAME)) {
            lacks.add("a journal that all nodes reach (MariaDB, MySQL or MongoDB, then export"
                    + " MYSQL_URI=mysql://user:password@127.0.0.1:3306/database or MONGODB_URI=mongodb://...)");
        }
        if (!lacks.isEmpty()) {
            throw new UserError("several nodes need " + String.join(", and ", lacks)
                    + "; ta-bot cluster start --help shows how to start them");
        }
    }
}
