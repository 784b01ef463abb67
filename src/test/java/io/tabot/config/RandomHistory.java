package io.tabot.config;

import io.tabot.config.ChangeMeta.Idempotency;
import io.tabot.config.ChangeMeta.Through;
import io.tabot.config.ConfigCommand.ChangeMany;
import io.tabot.config.ConfigCommand.ChangeOne;
import io.tabot.config.ConfigCommand.Rollback;
import io.tabot.config.DocumentEdit.DeleteParameters;
import io.tabot.config.DocumentEdit.MoveLifecycle;
import io.tabot.config.DocumentEdit.UpdateApplication;
import io.tabot.config.DocumentEdit.UpdateParameters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A history grown from one seed: random commands, good and bad, decided one after the other. */
final class RandomHistory {
    private static final List<String> STRATEGIES = List.of("trend_follower", "rsi_reversal", "quiet_market");
    private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT", "1INCHUSDT");

    private final Random random;
    private final List<ConfigEvent> events = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private ConfigState state = ConfigState.empty(ConfigSamples.ENVIRONMENT);
    private Instant now = ConfigSamples.NOW;

    RandomHistory(long seed) {
        this.random = new Random(seed);
    }

    RandomHistory grow(int commands) {
        for (var i = 0; i < commands; i++) {
            decide(command());
        }
        return this;
    }

    List<ConfigEvent> events() {
        return List.copyOf(events);
    }

    List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    ConfigState state() {
        return state;
    }

    private void decide(ConfigCommand command) {
        now = now.plusMillis(random.nextInt(5_000));
        var outcome = ConfigSamples.RULES.decide(state, command, events(), now);
        outcomes.add(outcome);
        if (outcome instanceof Outcome.Accept(var event, var next)) {
            events.add(event);
            state = next;
        }
    }

    private ConfigCommand command() {
        if (state.revision() == 0) {
            return new ConfigCommand.Initialize(
                    new WholeConfig(Map.of(), Map.of()), ConfigSamples.DEFAULTS, ConfigSamples.OPS);
        }
        return switch (random.nextInt(6)) {
            case 0 -> new Rollback(scope(), target(), Precondition.NONE, meta());
            case 1 -> new ChangeMany(List.of(edit(), edit()), Precondition.NONE, meta());
            default -> new ChangeOne(edit(), meta());
        };
    }

    private DocumentEdit edit() {
        var strategy = pick(STRATEGIES);
        var symbol = random.nextBoolean() ? null : pick(SYMBOLS);
        return switch (random.nextInt(6)) {
            case 0 -> new UpdateApplication(applicationFields(), precondition());
            case 1 -> new DeleteParameters(strategy, symbol, precondition());
            case 2 -> new MoveLifecycle(strategy, pick(LifecycleState.IDS), null, "because", precondition());
            default -> new UpdateParameters(strategy, symbol, parameters(), precondition());
        };
    }

    private Map<String, Object> applicationFields() {
        var fields = new HashMap<String, Object>();
        fields.put("max_positions", random.nextInt(20));
        fields.put("min_confidence", random.nextInt(110) / 100.0);
        fields.put("symbols", random.nextBoolean() ? null : List.of(pick(SYMBOLS), "BNBBTC"));
        fields.put("paused", random.nextBoolean());
        return fields;
    }

    private Map<String, Object> parameters() {
        var parameters = new HashMap<String, Object>();
        parameters.put("enabled", random.nextBoolean() ? null : (Object) random.nextBoolean());
        var name = pick(List.of("fast_period", "slow_period", "threshold", "extreme_threshold", "oversold_threshold"));
        parameters.put(
                name, random.nextBoolean() ? (Object) random.nextInt(80) : (Object) (random.nextInt(800) / 10.0));
        return parameters;
    }

    private DocumentKey scope() {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> DocumentKey.APPLICATION;
            case 2 -> DocumentKey.strategy(pick(STRATEGIES));
            default -> DocumentKey.strategy(pick(STRATEGIES), pick(SYMBOLS));
        };
    }

    private RollbackTarget target() {
        var number = 1 + random.nextInt(events.size() + 1);
        return switch (random.nextInt(5)) {
            case 0 -> new RollbackTarget.Version(number);
            case 1 -> new RollbackTarget.Revision(number);
            case 2 -> new RollbackTarget.Time(now.minusSeconds(random.nextInt(60)));
            case 3 -> new RollbackTarget.AuditItem(ConfigSamples.ENVIRONMENT + "-" + number);
            default -> new RollbackTarget.Previous();
        };
    }

    private Precondition precondition() {
        return switch (random.nextInt(6)) {
            case 0 -> Precondition.revision(random.nextInt(events.size() + 1));
            case 1 -> Precondition.version(random.nextInt(5));
            default -> Precondition.NONE;
        };
    }

    private ChangeMeta meta() {
        var idempotency = random.nextInt(3) == 0
                ? new Idempotency("key-" + random.nextInt(30), "body-" + random.nextInt(2))
                : null;
        var reason = random.nextBoolean() ? null : "why — \"" + random.nextInt(9) + "\"\n\ud83d\ude00";
        var actor = random.nextBoolean() ? null : "token-" + random.nextInt(3);
        return new ChangeMeta("ops-" + random.nextInt(3), actor, pick(List.of(Through.values())), reason, idempotency);
    }

    private <T> T pick(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }
}
