package io.tabot.journal;

import io.tabot.testing.DatabaseServer;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.MongoServer;
import io.tabot.testing.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

/**
 * How many changes one client gets acknowledged, one after the other, and how long none is when a journal is killed.
 * Two journals have a witness in a file.
 */
public final class FailoverBench {
    private static final int WARM_UP = 300;
    private static final int CHANGES_BETWEEN = 10;

    /** On a machine that others use, too, a database may take minutes to start. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String MYSQL = "mysql (MariaDB)";
    private static final String MONGODB = "mongodb stand-in";

    private final Path folder;
    private final Duration measured;
    private final int kills;

    private FailoverBench(Path folder, Duration measured, int kills) {
        this.folder = folder;
        this.measured = measured;
        this.kills = kills;
    }

    /** Arguments: how many kills, and for how many seconds changes are counted; 0 for kills alone. */
    public static void main(String[] arguments) throws Exception {
        var kills = Integer.parseInt(arguments[0]);
        var measured = Duration.ofSeconds(Integer.parseInt(arguments[1]));
        var bench = new FailoverBench(Files.createTempDirectory("bench-failover-"), measured, kills);
        if (!measured.isZero()) {
            System.out.println("| journals | changes a second | p50 | p99 |");
            System.out.println("|---|---|---|---|");
            bench.embedded();
        }
        try (var mariadb = MariaDbServer.running();
                var mongo = MongoServer.running()) {
            bench.databases(mariadb, mongo);
        }
        System.exit(0);
    }

    private void embedded() throws Exception {
        var actors = TestCluster.withJournal(EmbeddedJournal.config(folder));
        count("embedded", actors, List.of(EmbeddedJournal.plugin(folder)));
    }

    private void databases(MariaDbServer mariadb, MongoServer mongo) throws Exception {
        var mysql = MySqlUri.parse(mariadb.uri());
        var mongodb = MongoUri.parse(mongo.uri(), "");
        if (!measured.isZero()) {
            count(MYSQL, TestCluster.withJournal(MySqlJournal.config(mysql)), List.of(MySqlJournal.plugin(mysql)));
            count(
                    MONGODB,
                    TestCluster.withJournal(MongoJournal.config(mongodb)),
                    List.of(MongoJournal.plugin(mongodb)));
        }
        try (var witness = new WitnessFile(folder, "both");
                var service = new FaultedService("both", "client", mongodb, mysql, Optional.of(witness), folder)) {
            if (measured.isZero()) {
                service.changes().start();
                service.changes().awaitMore(WARM_UP, PATIENCE);
            } else {
                count("both, with a witness in a file", service);
            }
            failover(service, mariadb, mongo);
        }
    }

    private void count(String journals, ActorTestKit actors, List<JournalPlugin> plugins) throws Exception {
        var environment = plugins.getFirst().voter();
        try (var service = new FaultedService(actors, environment, "client", plugins, Optional.empty(), folder)) {
            count(journals, service);
        }
    }

    private void count(String journals, FaultedService service) {
        var changes = service.changes();
        changes.start();
        changes.awaitMore(WARM_UP, PATIENCE);
        var _ = changes.takeLatencies();
        var start = System.nanoTime();
        LockSupport.parkNanos(measured.toNanos());
        var nanos = changes.takeLatencies().stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.1f ms | %.1f ms |%n",
                journals,
                nanos.size() / ((System.nanoTime() - start) / 1e9),
                nanos.get(nanos.size() / 2) / 1e6,
                nanos.get(nanos.size() * 99 / 100) / 1e6);
    }

    /** The first kill finds nothing compiled and no connection ever lost: it is made, and not counted. */
    private void failover(FaultedService service, MariaDbServer mariadb, MongoServer mongo) {
        var ofMySql = new ArrayList<Long>();
        var ofMongo = new ArrayList<Long>();
        var _ = gap(service, mariadb);
        var _ = gap(service, mongo);
        System.out.println();
        System.out.println("| kill | of | without an acknowledged change | until all is as before |");
        System.out.println("|---|---|---|---|");
        for (var kill = 0; kill < kills; kill++) {
            var isMySql = kill % 2 == 0;
            var start = System.nanoTime();
            var gap = gap(service, isMySql ? mariadb : mongo);
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %s | %.0f ms | %.1f s |%n",
                    kill + 1,
                    isMySql ? MYSQL : MONGODB,
                    gap / 1e6,
                    (System.nanoTime() - start) / 1e9);
            (isMySql ? ofMySql : ofMongo).add(gap);
        }
        System.out.println();
        System.out.println("| killed | times | without an acknowledged change, shortest | p50 | p90 | longest |");
        System.out.println("|---|---|---|---|---|---|");
        print(MYSQL, ofMySql);
        print(MONGODB, ofMongo);
    }

    /** Kills and starts again, and waits until everything is as before. */
    private static long gap(FaultedService service, DatabaseServer server) {
        var changes = service.changes();
        changes.awaitMore(CHANGES_BETWEEN, PATIENCE);
        changes.forgetGap();
        server.kill();
        changes.awaitMore(CHANGES_BETWEEN, PATIENCE);
        server.start();
        service.awaitAllLevel(PATIENCE);
        return changes.longestGap().toNanos();
    }

    private static void print(String killed, List<Long> gaps) {
        if (!gaps.isEmpty()) {
            var sorted = gaps.stream().sorted().toList();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.0f ms | %.0f ms | %.0f ms | %.0f ms |%n",
                    killed,
                    sorted.size(),
                    sorted.getFirst() / 1e6,
                    sorted.get(sorted.size() / 2) / 1e6,
                    sorted.get(sorted.size() * 9 / 10) / 1e6,
                    sorted.getLast() / 1e6);
        }
    }
}
