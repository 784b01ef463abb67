package io.tabot.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.testing.MariaDbServer;
import io.tabot.testing.MongoServer;
import io.tabot.testing.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Faults of the network to one journal or the other, under steady changes and reads. */
@Tag("faults")
class BadNetworkIT {
    private static final Logger LOG = LoggerFactory.getLogger(BadNetworkIT.class);

    private static final Map<String, Consumer<TcpProxy>> FAULTS = Map.of(
            "slow", proxy -> proxy.delay(Duration.ofMillis(150)),
            "slower than the time-out", proxy -> proxy.delay(Duration.ofSeconds(3)),
            "connections reset", TcpProxy::cut,
            "unreachable", TcpProxy::refuse,
            "half closed", TcpProxy::halfClose,
            "requests held up", proxy -> proxy.stall(TcpProxy.Direction.TO_SERVER),
            "answers held up", proxy -> proxy.stall(TcpProxy.Direction.TO_CLIENT),
            "answers held up, then reset",
                    proxy -> {
                        proxy.stall(TcpProxy.Direction.TO_CLIENT);
                        // A change is stored meanwhile, and its confirmation is lost.
                        java.util.concurrent.locks.LockSupport.parkNanos(
                                Duration.ofMillis(300).toNanos());
                        proxy.cut();
                    });

    @TempDir
    static Path folder;

    private static MariaDbServer mariadb;
    private static MongoServer mongo;

    @BeforeAll
    static void start() {
        mariadb = MariaDbServer.running();
        mongo = MongoServer.running();
    }

    @AfterAll
    static void stop() {
        mongo.close();
        mariadb.close();
    }

    static Stream<Arguments> faults() {
        return FAULTS.keySet().stream()
                .sorted()
                .flatMap(fault ->
                        Stream.of(MongoJournal.NAME, MySqlJournal.NAME).map(voter -> Arguments.of(fault, voter)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("faults")
    void losesNothing(String fault, String voter) throws InterruptedException {
        var environment = ("network " + fault + " " + voter).replaceAll("\\W+", "-");
        try (var toMongo = TcpProxy.to(mongo.port());
                var toMySql = TcpProxy.to(mariadb.port());
                var witness = new WitnessFile(folder, environment);
                var service = new FaultedService(
                        environment,
                        "client",
                        MongoUri.parse(toMongo.through(mongo.uri()), ""),
                        MySqlUri.parse(toMySql.through(mariadb.uri())),
                        Optional.of(witness),
                        folder)) {
            service.changes().start();
            service.changes().awaitMore(10);
            service.awaitAllLevel();
            var proxy = voter.equals(MongoJournal.NAME) ? toMongo : toMySql;
            FAULTS.get(fault).accept(proxy);
            service.changes().awaitMore(20);
            proxy.heal();
            service.changes().awaitMore(5);
            service.changes().close();
            service.awaitAllLevel();

            var gap = service.changes().longestGap().toMillis();
            LOG.warn("{} {}: {} ms without an accepted change", voter, fault, gap);
            assertThat(service.changes().readsFailed()).isZero();
            Acknowledged.areInBoth(
                    service.history(MongoJournal.NAME),
                    service.history(MySqlJournal.NAME),
                    service.changes().acknowledged());
        }
    }
}
