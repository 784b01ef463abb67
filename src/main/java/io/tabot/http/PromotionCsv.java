package io.tabot.http;

import io.tabot.config.ConfigDiff;
import io.tabot.config.ConfigEvent;
import io.tabot.config.PromotionAudit.GivenUp;
import io.tabot.config.PromotionAudit.Item;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Promotions as comma-separated values: a line for each, then one for each field of a change that it gave up. */
final class PromotionCsv {
    static final String HEADER =
            "kind,generation,revision,changed_at,changed_by,actor,reason,voters,journal,document,field,before,after";

    private PromotionCsv() {}

    static List<String> lines(List<Item> promotions) {
        return Stream.concat(Stream.of(HEADER), promotions.stream().flatMap(PromotionCsv::lines))
                .toList();
    }

    private static Stream<String> lines(Item item) {
        return Stream.concat(
                Stream.of(promotion(item)),
                item.givenUp().stream()
                        .flatMap(givenUp -> givenUp.events().stream().flatMap(event -> lost(item, givenUp, event))));
    }

    private static String promotion(Item item) {
        var promotion = item.promotion();
        return AuditCsv.line(
                "PROMOTION",
                Long.toString(item.generation()),
                item.baseRevision() == null ? "" : item.baseRevision().toString(),
                promotion == null ? "" : time(promotion.at()),
                promotion == null ? "" : AuditCsv.harmless(promotion.by()),
                "",
                promotion == null ? "" : AuditCsv.harmless(promotion.reason()),
                promotion == null ? "" : String.join(" ", promotion.voters()),
                "",
                "",
                "",
                "",
                "");
    }

    private static Stream<String> lost(Item item, GivenUp givenUp, ConfigEvent event) {
        return event.changes().stream()
                .flatMap(change -> ConfigDiff.between(change.before(), change.after()).stream()
                        .map(field -> AuditCsv.line(
                                "GIVEN_UP",
                                Long.toString(item.generation()),
                                Long.toString(event.revision()),
                                time(event.at()),
                                AuditCsv.harmless(event.changedBy()),
                                AuditCsv.harmless(event.actor()),
                                AuditCsv.harmless(event.reason()),
                                "",
                                givenUp.journal(),
                                change.document().path(),
                                field.field(),
                                Json.text(field.before()),
                                Json.text(field.after()))));
    }

    private static String time(@Nullable Instant at) {
        return at == null ? "" : Json.time(at);
    }
}
