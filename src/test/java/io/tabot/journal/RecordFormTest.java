package io.tabot.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tabot.config.Term;
import io.tabot.config.VoterRecord;
import io.tabot.config.VoterState;
import io.tabot.config.Writer;
import io.tabot.testing.Events;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordFormTest {
    private static final Writer WRITER = new Writer(new Term(1, 7), "writer");
    private static final JsonRecordForm JSON = new JsonRecordForm();
    private static final BsonRecordForm BSON = new BsonRecordForm();

    static Stream<StoredRecord> records() {
        return Stream.of(
                new StoredRecord(1, new VoterRecord.Claim(WRITER)),
                new StoredRecord(
                        2, new VoterRecord.TermOpened(WRITER, 0, VoterState.EMPTY.hash(), List.of("mongodb", "mysql"))),
                new StoredRecord(
                        3,
                        new VoterRecord.Event(
                                WRITER, new Term(0, 2), Events.chain(2).getLast())));
    }

    @ParameterizedTest
    @MethodSource("records")
    void givesBackWhatItWrote(StoredRecord record) {
        assertThat(JSON.read(JSON.write(record))).isEqualTo(record);
        assertThat(BSON.read(BSON.write(record))).isEqualTo(record);
    }

    @ParameterizedTest
    @MethodSource("records")
    void theHeadIsThatOfTheWholeRecord(StoredRecord record) {
        assertThat(JSON.readHead(JSON.write(record))).isEqualTo(record.head());
        assertThat(BSON.readHead(BSON.write(record))).isEqualTo(record.head());
    }

    @Test
    void refusesWhatIsNoRecordThatItKnows() {
        for (var text : List.of("{", "[]", "{\"kind\":\"claim\",\"schema\":2}", "{\"kind\":\"other\",\"schema\":1}")) {
            assertThatThrownBy(() -> JSON.read(text)).as(text).isInstanceOf(CorruptJournalException.class);
            assertThatThrownBy(() -> JSON.readHead(text)).as(text).isInstanceOf(CorruptJournalException.class);
        }
        var newer = JSON.write(records().toList().getLast())
                .replace("\"config-change\",\"schema\":1", "\"x\",\"schema\":9");
        assertThatThrownBy(() -> JSON.readHead(newer)).isInstanceOf(CorruptJournalException.class);
        assertThatThrownBy(() -> BSON.readHead(new BsonDocument())).isInstanceOf(CorruptJournalException.class);
    }
}
