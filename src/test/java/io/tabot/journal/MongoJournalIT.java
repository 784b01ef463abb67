package io.tabot.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import io.tabot.config.ConfigEvent;
import io.tabot.config.VoterState;
import io.tabot.testing.Events;
import io.tabot.testing.MongoServer;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** The contract with a server that speaks MongoDB's protocol. */
class MongoJournalIT extends ServerJournalContract {
    private final MongoServer server;
    private final MongoUri uri;

    MongoJournalIT() {
        var server = MongoServer.running();
        var uri = MongoUri.parse(server.uri(), "");
        super(server, MongoJournal.plugin(uri), MongoJournal.config(uri));
        this.server = server;
        this.uri = uri;
    }

    @Override
    List<ConfigEvent> stored(String environment, long revision) {
        try (var client = server.connect()) {
            var found = client.getDatabase(uri.database())
                    .getCollection(MongoJournal.COLLECTION, BsonDocument.class)
                    .find(Filters.and(
                            Filters.eq("pid", "config|" + environment + "|mongodb"),
                            Filters.eq("events.p.revision", revision)));
            var events = new ArrayList<ConfigEvent>();
            for (var document : found) {
                var payload =
                        document.getArray("events").getFirst().asDocument().get("p");
                events.add(plugin().form().eventOf(payload));
            }
            return events;
        }
    }

    @Test
    void putsAsideWhatItsServerTookAfterItWasEmptied() {
        var journal = journal("strays");
        claim(journal, FIRST);
        append(journal, FIRST, Events.chain(3));
        actors().stop(journal);
        try (var client = server.connect()) {
            var database = client.getDatabase(uri.database());
            var mine = Filters.eq("pid", "config|strays|mongodb");
            database.getCollection(MongoJournal.COLLECTION).deleteMany(Filters.and(mine, Filters.lt("from", 4)));

            assertThat(read(journal("strays"))).matches(VoterState::isBlank).matches(VoterState::isRemnant);
            assertThat(database.getCollection(MongoStore.STRAYS).countDocuments(mine))
                    .isOne();
            assertThat(read(journal("strays")))
                    .as("opened once more")
                    .matches(VoterState::isBlank)
                    .matches(VoterState::isRemnant);
        }
    }
}
