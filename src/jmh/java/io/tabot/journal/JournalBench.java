package io.tabot.journal;

import io.tabot.config.ConfigEvent;
import io.tabot.config.Term;
import io.tabot.config.Voter;
import io.tabot.config.VoterRecord;
import io.tabot.config.Writer;
import io.tabot.testing.Events;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.MongoServer;
import io.tabot.testing.TestCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * How long one journal takes: to confirm a change, to recover a long history, and to read a page out of it. The history
 * is written past the journal, in the form that it has there; changes are those of one field, as the API makes them.
 */
public final class JournalBench {
    private static final String ENVIRONMENT = "bench";
    private static final int CHANGES = 500;
    private static final int PAGE = 50;
    private static final int BATCH = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Writer WRITER = new Writer(new Term(0, 1), "bench");
    /** Pekko's number of its serializer of text. */
    private static final int STRING_SERIALIZER = 20;

    private static final List<String> COLUMNS = List.of(
            "deleted",
            "persistence_id",
            "sequence_number",
            "writer",
            "write_timestamp",
            "adapter_manifest",
            "event_payload",
            "event_ser_id",
            "event_ser_manifest");

    /** Puts records where the journal will find them. */
    private interface Filler {
        void put(List<StoredRecord> records) throws Exception;
    }

    private final List<Integer> lengths;

    /** @param events the longest of the histories that are recovered */
    private JournalBench(int events) {
        this.lengths = Stream.of(1_000, 10_000, events)
                .filter(length -> length <= events)
                .distinct()
                .toList();
    }

    /** Arguments: how many events, and which journals. */
    public static void main(String[] arguments) throws Exception {
        var bench = new JournalBench(Integer.parseInt(arguments[0]));
        var recoveries = bench.lengths.stream()
                .map(length -> "recovery of " + length + " | ")
                .toList();
        System.out.printf("| journal | a change, p50 | p99 | %sa page of %d |%n", String.join("", recoveries), PAGE);
        System.out.println("|---|---|---|" + "---|".repeat(recoveries.size()) + "---|");
        for (var journal : Arrays.asList(arguments).subList(1, arguments.length)) {
            switch (journal) {
                case EmbeddedJournal.NAME -> bench.embedded();
                case MySqlJournal.NAME -> bench.mysql();
                case MongoJournal.NAME -> bench.mongodb();
                default -> throw new IllegalArgumentException(journal);
            }
        }
        System.exit(0);
    }

    private void embedded() throws Exception {
        var folder = Files.createTempDirectory("bench-journal-");
        var url = "jdbc:h2:file:" + folder.resolve("journal") + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0";
        var columns = COLUMNS.stream().map(name -> '"' + name + '"').toList();
        try (var connection = DriverManager.getConnection(url, "sa", "")) {
            measure(
                    TestCluster.withJournal(EmbeddedJournal.config(folder)),
                    EmbeddedJournal.plugin(folder),
                    records -> insert(connection, sql("\"event_journal\"", columns), "embedded", records));
        }
    }

    private void mysql() throws Exception {
        try (var server = MariaDbServer.running();
                var connection = DriverManager.getConnection(
                        "jdbc:mysql://127.0.0.1:" + server.port() + "/" + MariaDbServer.DATABASE
                                + "?rewriteBatchedStatements=true",
                        MariaDbServer.USER,
                        MariaDbServer.PASSWORD)) {
            var uri = MySqlUri.parse(server.uri());
            measure(
                    TestCluster.withJournal(MySqlJournal.config(uri)),
                    MySqlJournal.plugin(uri),
                    records -> insert(connection, sql("config_journal", COLUMNS), "mysql", records));
        }
    }

    private void mongodb() throws Exception {
        try (var server = MongoServer.running();
                var client = server.connect()) {
            var uri = MongoUri.parse(server.uri(), "");
            var form = new BsonRecordForm();
            var collection =
                    client.getDatabase(uri.database()).getCollection(MongoJournal.COLLECTION, BsonDocument.class);
            measure(
                    TestCluster.withJournal(MongoJournal.config(uri)),
                    MongoJournal.plugin(uri),
                    records -> collection.insertMany(records.stream()
                            .map(record -> document(form, record))
                            .toList()));
        }
    }

    private void measure(ActorTestKit actors, JournalPlugin plugin, Filler filler) throws Exception {
        try {
            var first = actors.spawn(ConfigJournal.create(ENVIRONMENT, plugin));
            var history = Events.chain(Math.max(lengths.getLast(), CHANGES));
            var nanos = changes(actors, first, history);
            actors.stop(first, PATIENCE);
            var recoveries = new StringBuilder();
            var stored = CHANGES;
            for (var length : lengths) {
                fill(filler, history, stored, length);
                stored = Math.max(stored, length);
                var cold = recovery(actors, plugin, length);
                var warm = recovery(actors, plugin, length);
                recoveries.append(String.format(Locale.ROOT, "%.2f s, again %.2f s | ", cold / 1e9, warm / 1e9));
            }
            var journal = actors.spawn(ConfigJournal.create(ENVIRONMENT, plugin));
            var _ = page(actors, journal, 1);
            var page = page(actors, journal, history.size() / 2);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f ms | %.1f ms | %s%.0f ms |%n",
                    plugin.voter(),
                    nanos.get(CHANGES / 2) / 1e6,
                    nanos.get(CHANGES * 99 / 100) / 1e6,
                    recoveries,
                    page / 1e6);
        } finally {
            actors.shutdownTestKit();
        }
    }

    private static void fill(Filler filler, List<ConfigEvent> history, int from, int to) throws Exception {
        var rest = IntStream.range(from, to)
                .mapToObj(index ->
                        new StoredRecord(index + 2, new VoterRecord.Event(WRITER, WRITER.term(), history.get(index))))
                .toList();
        for (var start = 0; start < rest.size(); start += BATCH) {
            filler.put(rest.subList(start, Math.min(start + BATCH, rest.size())));
        }
    }

    private static List<Long> changes(ActorTestKit actors, ActorRef<Voter.Command> journal, List<ConfigEvent> history) {
        TestProbe<Voter.Reply> replies = actors.createTestProbe();
        journal.tell(new Voter.Claim(WRITER, replies.getRef()));
        replies.expectMessageClass(Voter.Claimed.class, PATIENCE);
        var nanos = new ArrayList<Long>();
        for (var position = 1; position <= CHANGES; position++) {
            var record = new VoterRecord.Event(WRITER, WRITER.term(), history.get(position - 1));
            var start = System.nanoTime();
            journal.tell(new Voter.Append(position, record, replies.getRef()));
            replies.expectMessageClass(Voter.Stored.class, PATIENCE);
            nanos.add(System.nanoTime() - start);
        }
        return nanos.stream().sorted().toList();
    }

    private static long recovery(ActorTestKit actors, JournalPlugin plugin, int events) {
        TestProbe<Voter.Reply> replies = actors.createTestProbe();
        var start = System.nanoTime();
        var journal = actors.spawn(ConfigJournal.create(ENVIRONMENT, plugin));
        journal.tell(new Voter.Read(replies.getRef()));
        var state = replies.expectMessageClass(Voter.Holds.class, PATIENCE).state();
        var nanos = System.nanoTime() - start;
        if (state.revision() < events) {
            throw new IllegalStateException("recovered " + state);
        }
        actors.stop(journal, PATIENCE);
        return nanos;
    }

    private static long page(ActorTestKit actors, ActorRef<Voter.Command> journal, long revision) {
        TestProbe<Voter.EventsReply> replies = actors.createTestProbe();
        var start = System.nanoTime();
        journal.tell(new Voter.ReadEvents(revision, PAGE, replies.getRef()));
        var events = replies.expectMessageClass(Voter.Events.class, PATIENCE).events();
        if (events.size() != PAGE) {
            throw new IllegalStateException(events.size() + " events");
        }
        return System.nanoTime() - start;
    }

    private static void insert(Connection connection, String sql, String voter, List<StoredRecord> records)
            throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.prepareStatement(sql)) {
            for (var record : records) {
                statement.setString(1, "config|" + ENVIRONMENT + "|" + voter);
                statement.setLong(2, record.position());
                statement.setBytes(3, VoterRecordJson.write(record).getBytes(StandardCharsets.UTF_8));
                statement.setInt(4, STRING_SERIALIZER);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        connection.commit();
    }

    private static String sql(String table, List<String> columns) {
        return "insert into " + table + " (" + String.join(", ", columns)
                + ") values (false, ?, ?, 'bench', 0, '', ?, ?, '')";
    }

    private static BsonDocument document(BsonRecordForm form, StoredRecord record) {
        var pid = new BsonString("config|" + ENVIRONMENT + "|mongodb");
        var position = new BsonInt64(record.position());
        var event = new BsonDocument("v", new BsonInt32(1))
                .append("pid", pid)
                .append("sn", position)
                .append("_t", new BsonString("bson"))
                .append("p", form.write(record));
        return new BsonDocument("pid", pid)
                .append("from", position)
                .append("to", position)
                .append("events", new BsonArray(List.of(event)))
                .append("v", new BsonInt32(1));
    }
}
