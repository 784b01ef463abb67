package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.ConfigNoticeWriter.Notice;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigNoticeWriterTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String HASH = "ab".repeat(32);

    private final List<Notice> changes = new ArrayList<>();
    private final List<Notice> heads = new ArrayList<>();
    private Instant now = Instant.parse("2026-02-03T04:05:06.789Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    @Test
    void tellsWhoChangedWhichDocumentsAndWhyButNoValue() {
        writer(MINUTE).changed(event("ops-7"));

        assertThat(changes).extracting(Notice::id).containsExactly("production-7");
        assertThat(text(changes.getFirst()))
                .isEqualTo("{\"environment\":\"production\",\"revision\":7,\"at\":\"2026-02-03T04:05:06.789Z\","
                        + "\"action\":\"UPDATE\",\"changed_by\":\"petrosa-cio:1\",\"actor\":\"ops-7\","
                        + "\"through\":\"api\",\"reason\":\"too loud\",\"documents\":[\"application\"],"
                        + "\"hash\":\"" + HASH + "\"}");
    }

    @Test
    void leavesTheActorOutWhereThereWasNone() {
        writer(MINUTE).changed(event(null));

        assertThat(text(changes.getFirst())).doesNotContain("actor").contains("\"changed_by\"");
    }

    @Test
    void tellsTheHeadAtMostOnceAnInterval() {
        var writer = writer(MINUTE);
        writer.head(7, HASH);
        writer.head(8, HASH);
        now = now.plus(MINUTE).minusMillis(1);
        writer.head(9, HASH);
        now = now.plusMillis(1);
        writer.head(9, HASH);

        assertThat(heads)
                .extracting(ConfigNoticeWriterTest::text)
                .containsExactly(head(7, "04:05:06.789"), head(9, "04:06:06.789"));
        assertThat(heads).extracting(Notice::id).doesNotHaveDuplicates();
        assertThat(changes).isEmpty();
    }

    @Test
    void tellsTheHeadAlthoughTheClockWasSetBack() {
        var writer = writer(MINUTE);
        writer.head(7, HASH);
        now = now.minus(Duration.ofHours(1));
        writer.head(7, HASH);

        assertThat(heads).hasSize(2);
    }

    @Test
    void tellsNoHeadWhereNobodyWantsIt() {
        writer(Duration.ZERO).head(7, HASH);

        assertThat(heads).isEmpty();
    }

    private ConfigNoticeWriter writer(Duration interval) {
        return new ConfigNoticeWriter("production", interval, clock, changes::add, heads::add);
    }

    private ConfigEvent event(@org.jspecify.annotations.Nullable String actor) {
        var before = new Document(Map.of("max_positions", 3L));
        var after = new Document(Map.of("max_positions", 4L));
        return new ConfigEvent(
                7,
                now,
                "petrosa-cio:1",
                actor,
                ChangeMeta.Through.API,
                "too loud",
                new ChangeMeta.Idempotency("key", "fingerprint"),
                List.of(new ConfigEvent.Change(DocumentKey.APPLICATION, before, after)),
                null,
                HashChain.GENESIS,
                HASH);
    }

    private static String head(long revision, String time) {
        return "{\"environment\":\"production\",\"revision\":" + revision + ",\"hash\":\"" + HASH
                + "\",\"at\":\"2026-02-03T" + time + "Z\"}";
    }

    private static String text(Notice notice) {
        return new String(notice.body(), StandardCharsets.UTF_8);
    }
}
