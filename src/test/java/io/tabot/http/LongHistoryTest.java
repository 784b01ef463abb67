package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.testing.Events;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A history of many pages, of which nobody holds more than a few at a time. */
class LongHistoryTest {
    private static final int COUNT = 3_500;

    @RegisterExtension
    static final ServedApi served = new ServedApi(folder -> RunningApi.startAfter(folder, Events.chain(COUNT)));

    private static final Client client = served.client();

    @Test
    void aFileHasEveryChangeOnceNewestFirst() {
        var revisions = client.get("/api/v1/audit?format=csv&document=application&action=UPDATE")
                .text()
                .lines()
                .skip(1)
                .map(line -> Long.valueOf(line.split(",")[1]))
                .toList();

        assertThat(revisions)
                .containsExactlyElementsOf(LongStream.iterate(COUNT, revision -> revision > 1, revision -> revision - 1)
                        .boxed()
                        .toList());
    }
}
