package io.tabot.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tabot.config.ChangeReply;
import io.tabot.config.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts how changes that came over the API ended. Dry runs are told apart: what they find wrong harms nothing. */
final class ChangeMeters {
    private static final String NO_ANSWER = "no_answer";
    private static final List<String> OUTCOMES = List.of(
            "accepted",
            "unchanged",
            "repeated",
            "key_reused",
            "stale",
            "invalid",
            "unknown",
            "read_only",
            "unconfirmed",
            NO_ANSWER);

    private final MeterRegistry meters;

    /** Every counter is there from the beginning: the first failure is an increase, which an alert can see. */
    ChangeMeters(MeterRegistry meters) {
        this.meters = meters;
        for (var outcome : OUTCOMES) {
            counter(outcome, true);
            counter(outcome, false);
        }
    }

    /** @param reply null when none came */
    void count(boolean validateOnly, @Nullable ChangeReply reply) {
        counter(reply == null ? NO_ANSWER : outcome(reply), validateOnly).increment();
    }

    private Counter counter(String outcome, boolean validateOnly) {
        return Counter.builder("ta_bot_config_changes")
                .description("Changes asked for over the API, by how they ended")
                .tag("outcome", outcome)
                .tag("dry_run", Boolean.toString(validateOnly))
                .register(meters);
    }

    private static String outcome(ChangeReply reply) {
        return switch (reply) {
            case ChangeReply.ReadOnly _ -> "read_only";
            case ChangeReply.Unconfirmed _ -> "unconfirmed";
            case ChangeReply.Decided(var outcome, var _, var _) -> outcome(outcome);
        };
    }

    private static String outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accept _ -> "accepted";
            case Outcome.Unchanged _ -> "unchanged";
            case Outcome.Repeat _ -> "repeated";
            case Outcome.KeyReused _ -> "key_reused";
            case Outcome.Stale _ -> "stale";
            case Outcome.Invalid _ -> "invalid";
            case Outcome.Unknown _ -> "unknown";
        };
    }
}
