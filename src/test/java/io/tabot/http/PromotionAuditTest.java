package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.PromotionAudit;
import io.tabot.config.PromotionAudit.GivenUp;
import io.tabot.config.PromotionAudit.Item;
import io.tabot.config.Reign;
import io.tabot.testing.Events;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Promotions over HTTP: where there was none, and how one reads as a file. */
class PromotionAuditTest {
    private static final String PATH = "/api/v1/audit/promotions";

    @RegisterExtension
    static final ServedApi served = new ServedApi(RunningApi::start);

    @Test
    void listsNothingWhereNothingWasPromoted() {
        var reply = served.client().get(PATH);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/data/promotions").isEmpty()).isTrue();
        assertThat(reply.at("/data/unread").isEmpty()).isTrue();
    }

    @Test
    void refusesAFormatThatItDoesNotHave() {
        var reply = served.client().get(PATH + "?format=xml");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/error/field").asText()).isEqualTo("format");
    }

    @Test
    void writesALineForThePromotionAndOneForEachFieldThatWasGivenUp() {
        var promotion =
                new Reign.Promotion("p-1", List.of("mysql", "witness"), "ops-1", "=burned, all of it", Events.START);
        var lost = Events.chain(3).getLast();
        var item = new Item(1, promotion, 2L, List.of(new GivenUp("mongodb", 1, List.of(lost))));

        var lines = PromotionCsv.lines(List.of(item));

        assertThat(lines)
                .containsExactly(
                        PromotionCsv.HEADER,
                        "PROMOTION,1,2,2026-01-01T00:00:00.000000Z,ops-1,,\"'=burned, all of it\",mysql witness,,,,,",
                        "GIVEN_UP,1,3,2026-01-01T00:00:02.000000Z,tester,,history,,"
                                + "mongodb,application,max_positions,101,102");
    }

    @Test
    void leavesEmptyWhatNoJournalAtHandKnows() {
        var lines = PromotionCsv.lines(List.of(new PromotionAudit.Item(1, null, null, List.of())));

        assertThat(lines).containsExactly(PromotionCsv.HEADER, "PROMOTION,1,,,,,,,,,,,");
    }
}
