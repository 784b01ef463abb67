package io.tabot;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tabot.config.ConfigView;
import io.tabot.config.VoterStatus;
import io.tabot.ops.Check;
import java.util.Optional;

/** What probes and metrics tell of each voter, from what its owner said last. */
final class VoterChecks {
    private final ConfigView view;

    VoterChecks(ConfigView view) {
        this.view = view;
    }

    void register(String voter, MeterRegistry meters) {
        Gauge.builder("ta_bot_config_voter", this, checks -> checks.isLevel(voter) ? 1 : 0)
                .description("1 while this journal or witness holds all that was acknowledged")
                .tag("voter", voter)
                .register(meters);
    }

    Check check(String name, String voter) {
        return status(voter)
                .map(status -> switch (status.state()) {
                    case LEVEL -> Check.ok(name, voter + " is level at revision " + status.revision());
                    case BEHIND -> Check.degraded(name, voter + " is brought level; at revision " + status.revision());
                    case EMPTY -> Check.degraded(name, voter + " came back empty; filled once all others are there");
                    case AWAY -> Check.down(name, voter + " does not answer");
                })
                .orElseGet(() -> Check.down(name, voter + " was not heard of yet"));
    }

    /** Down if one does not answer, or does not store what it is given. */
    Optional<Check> away() {
        return view.voters().stream()
                .filter(status -> status.state() == VoterStatus.State.AWAY)
                .findFirst()
                .map(status -> Check.down(
                        "journal", status.voter() + " does not answer or does not store; changes are refused"));
    }

    private boolean isLevel(String voter) {
        return status(voter)
                .filter(status -> status.state() == VoterStatus.State.LEVEL)
                .isPresent();
    }

    private Optional<VoterStatus> status(String voter) {
        return view.voters().stream()
                .filter(status -> status.voter().equals(voter))
                .findFirst();
    }
}
