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
import java.util.function.ToLongFunction;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

/**
 * How many changes one client gets acknowledged, one after the other, and how long none is when a journal is killed.
 * Two journals have a witness in a file.
 */
public final class FailoverBench {
    private static final int WARM_UP = 100;
    private static final int CHANGES_BETWEEN = 10;
    private static final int ROUND = 10;
    private static final Duration PAUSE = Duration.ofMillis(50);

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
        bench.failover();
        System.exit(0);
    }

    private void embedded() throws Exception {
        var actors = TestCluster.withJournal(EmbeddedJournal.config(folder));
        count("embedded", actors, List.of(EmbeddedJournal.plugin(folder)));
    }

    private void databases(MariaDbServer mariadb, MongoServer mongo) throws Exception {
        if (measured.isZero()) {
            return;
        }
        var mysql = MySqlUri.parse(mariadb.uri());
        var mongodb = MongoUri.parse(mongo.uri(), "");
        count(MYSQL, TestCluster.withJournal(MySqlJournal.config(mysql)), List.of(MySqlJournal.plugin(mysql)));
        count(MONGODB, TestCluster.withJournal(MongoJournal.config(mongodb)), List.of(MongoJournal.plugin(mongodb)));
        try (var witness = new WitnessFile(folder, "both");
                var service = service("both", mariadb, mongo, witness)) {
            ChangeRate.print("both, with a witness in a file", service, measured);
        }
    }

    private FaultedService service(String environment, MariaDbServer mariadb, MongoServer mongo, WitnessFile witness) {
        return new FaultedService(
                environment,
                "client",
                MongoUri.parse(mongo.uri(), ""),
                MySqlUri.parse(mariadb.uri()),
                Optional.of(witness),
                folder);
    }

    private void count(String journals, ActorTestKit actors, List<JournalPlugin> plugins) throws Exception {
        var environment = plugins.getFirst().voter();
        try (var service = new FaultedService(actors, environment, "client", plugins, Optional.empty(), folder)) {
            ChangeRate.print(journals, service, measured);
        }
    }

    /** The first kill finds nothing compiled and no connection ever lost: it is made, and not counted. */
    private void failover() throws Exception {
        System.out.println();
        System.out.println("| kill | of | no change acknowledged: killed | started again | until all is as before |");
        System.out.println("|---|---|---|---|---|");
        var ofMySql = new ArrayList<Fault>();
        var ofMongo = new ArrayList<Fault>();
        while (ofMySql.size() + ofMongo.size() < kills) {
            round(ofMySql, ofMongo);
        }
        System.out.println();
        System.out.println("| no change acknowledged | times | shortest | p50 | p90 | longest |");
        System.out.println("|---|---|---|---|---|---|");
        print(MYSQL + " killed", ofMySql, Fault::killed);
        print(MYSQL + " started again", ofMySql, Fault::started);
        print(MONGODB + " killed", ofMongo, Fault::killed);
        print(MONGODB + " started again", ofMongo, Fault::started);
    }

    /** A few kills on servers that are new: the stand-in reads a long history slowly. */
    private void round(List<Fault> ofMySql, List<Fault> ofMongo) throws Exception {
        var environment = "kills-" + (ofMySql.size() + ofMongo.size());
        try (var mariadb = MariaDbServer.running();
                var mongo = MongoServer.running();
                var witness = new WitnessFile(folder, environment);
                var service = service(environment, mariadb, mongo, witness)) {
            service.changes().pauseBetween(PAUSE);
            service.changes().start();
            service.changes().awaitMore(WARM_UP, PATIENCE);
            service.awaitAllLevel(PATIENCE);
            for (var kill = 0; kill < ROUND && ofMySql.size() + ofMongo.size() < kills; kill++) {
                var isMySql = ofMySql.size() <= ofMongo.size();
                var fault = fault(service, isMySql ? mariadb : mongo);
                (isMySql ? ofMySql : ofMongo).add(fault);
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %s | %.0f ms | %.0f ms | %.1f s |%n",
                        ofMySql.size() + ofMongo.size(),
                        isMySql ? MYSQL : MONGODB,
                        fault.killed() / 1e6,
                        fault.started() / 1e6,
                        fault.lasted() / 1e9);
            }
        }
    }

    /** For how long no change was acknowledged after each half of it, and how long all of it took, in nanoseconds. */
    private record Fault(long killed, long started, long lasted) {}

    /** Kills and starts again, and waits until everything is as before. */
    private static Fault fault(FaultedService service, DatabaseServer server) {
        var changes = service.changes();
        changes.awaitMore(CHANGES_BETWEEN, PATIENCE);
        var start = System.nanoTime();
        changes.forgetGap();
        server.kill();
        changes.awaitMore(CHANGES_BETWEEN, PATIENCE);
        var killed = changes.longestGap().toNanos();
        changes.forgetGap();
        server.start();
        service.awaitAllLevel(PATIENCE);
        changes.awaitMore(CHANGES_BETWEEN, PATIENCE);
        return new Fault(killed, changes.longestGap().toNanos(), System.nanoTime() - start);
    }

    private static void print(String what, List<Fault> faults, ToLongFunction<Fault> gap) {
        if (!faults.isEmpty()) {
            var sorted = faults.stream().mapToLong(gap).sorted().toArray();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.0f ms | %.0f ms | %.0f ms | %.0f ms |%n",
                    what,
                    sorted.length,
                    sorted[0] / 1e6,
                    sorted[sorted.length / 2] / 1e6,
                    sorted[sorted.length * 9 / 10] / 1e6,
                    sorted[sorted.length - 1] / 1e6);
        }
    }
}
