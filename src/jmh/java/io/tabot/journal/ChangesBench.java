package io.tabot.journal;

import io.tabot.testing.MariaDbServer;
import io.tabot.testing.MongoServer;
import io.tabot.testing.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How many changes one client gets acknowledged by the writer, one after the other, over each kind of journal and over
 * two with a witness in a file.
 */
public final class ChangesBench {
    private final Path folder;
    private final Duration measured;

    private ChangesBench(Path folder, Duration measured) {
        this.folder = folder;
        this.measured = measured;
    }

    /** Argument: for how many seconds changes are counted in each row. */
    public static void main(String[] arguments) throws Exception {
        var measured = Duration.ofSeconds(Integer.parseInt(arguments[0]));
        var bench = new ChangesBench(Files.createTempDirectory("bench-changes-"), measured);
        System.out.println("| journals | changes a second | p50 | p99 |");
        System.out.println("|---|---|---|---|");
        bench.one(EmbeddedJournal.NAME, EmbeddedJournal.plugin(bench.folder), EmbeddedJournal.config(bench.folder));
        try (var mariadb = MariaDbServer.running();
                var mongo = MongoServer.running()) {
            var mysql = MySqlUri.parse(mariadb.uri());
            var mongodb = MongoUri.parse(mongo.uri(), "");
            bench.one(MySqlJournal.NAME, MySqlJournal.plugin(mysql), MySqlJournal.config(mysql));
            bench.one(standIn(), MongoJournal.plugin(mongodb), MongoJournal.config(mongodb));
            bench.both(mongodb, mysql);
        }
        System.exit(0);
    }

    private static String standIn() {
        return MongoServer.real().isPresent() ? "mongodb" : "mongodb stand-in";
    }

    private void one(String name, JournalPlugin plugin, com.typesafe.config.Config config) throws Exception {
        var actors = TestCluster.withJournal(config);
        var environment = plugin.voter();
        try (var service =
                new FaultedService(actors, environment, "client", List.of(plugin), Optional.empty(), folder)) {
            ChangeRate.print(name, service, measured);
        }
    }

    private void both(MongoUri mongodb, MySqlUri mysql) throws Exception {
        try (var witness = new WitnessFile(folder, "both");
                var service = new FaultedService("both", "client", mongodb, mysql, Optional.of(witness), folder)) {
            ChangeRate.print(standIn() + ", mysql", service, measured);
        }
    }
}
