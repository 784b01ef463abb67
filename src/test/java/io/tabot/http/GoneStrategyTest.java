package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.ConfigCommand;
import io.tabot.config.ConfigCommand.ChangeOne;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigRules;
import io.tabot.config.ConfigState;
import io.tabot.config.DocumentEdit.MoveLifecycle;
import io.tabot.config.DocumentEdit.UpdateParameters;
import io.tabot.config.Outcome;
import io.tabot.config.Precondition;
import io.tabot.config.RuleSettings;
import io.tabot.strategy.Decision;
import io.tabot.strategy.EvaluationContext;
import io.tabot.strategy.ParameterSchema;
import io.tabot.strategy.Strategy;
import io.tabot.strategy.StrategyCatalog;
import io.tabot.strategy.StrategyDefinition;
import io.tabot.testing.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An earlier build had a strategy that this one does not have, and left parameters and a life of it. */
class GoneStrategyTest {
    private static final String ID = "old_faithful";
    private static final String PATH = "/api/v1/strategies/" + ID;

    @RegisterExtension
    static final ServedApi served = new ServedApi(folder -> RunningApi.startAfter(folder, history()));

    private static final Client client = served.client();

    @Test
    void whatItLeftCanBeReadAndRemovedButNotChanged() {
        var read = client.get(PATH + "/config/BTCUSDT");
        var changed = client.post(PATH + "/config/BTCUSDT", "{'parameters': {'enabled': true}, 'changed_by': 'ops'}");
        var removed = client.send("DELETE", PATH + "/config/BTCUSDT?changed_by=ops", null);
        var audit = client.get(PATH + "/audit");

        assertThat(read.status()).isEqualTo(200);
        assertThat(read.at("/data/parameters").toString()).isEqualTo("{\"enabled\":false,\"height\":30}");
        assertThat(changed.status()).isEqualTo(404);
        assertThat(changed.at("/error/code").asText()).isEqualTo("NOT_FOUND");
        assertThat(removed.status()).as(removed.text()).isEqualTo(200);
        assertThat(audit.at("/data")).hasSize(3);
        assertThat(client.get(PATH + "/config").at("/data/parameters/enabled").asBoolean(true))
                .isFalse();
    }

    @Test
    void itsLifeIsStillTold() {
        assertThat(client.get(PATH + "/lifecycle").at("/data/current_state").asText())
                .isEqualTo("registered");
        assertThat(client.post(PATH + "/lifecycle/transition", "{'to_state': 'retired', 'transitioned_by': 'ops'}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatItWouldUseIsNotKnown() {
        assertThat(client.get(PATH + "/effective").status()).isEqualTo(404);
        assertThat(client.get(PATH + "/schema").status()).isEqualTo(404);
    }

    private static List<ConfigEvent> history() {
        var rules = new ConfigRules(new StrategyCatalog(List.of(oldFaithful())), RuleSettings.DEFAULTS);
        var meta = Events.first().meta();
        var commands = new ArrayList<ConfigCommand>();
        commands.add(new ChangeOne(new UpdateParameters(ID, null, Map.of("enabled", false), Precondition.NONE), meta));
        commands.add(new ChangeOne(new UpdateParameters(ID, "BTCUSDT", Map.of("height", 30), Precondition.NONE), meta));
        commands.add(new ChangeOne(new MoveLifecycle(ID, "registered", null, null, Precondition.NONE), meta));
        var events = new ArrayList<>(Events.chain(1));
        var state = ConfigState.replay("test", events);
        for (var command : commands) {
            var accept = (Outcome.Accept) rules.decide(state, command, events, Events.START.plusSeconds(60));
            events.add(accept.event());
            state = accept.next();
        }
        return events;
    }

    private static Strategy oldFaithful() {
        var schema = new ParameterSchema();
        schema.number("height", 40, 1, 60, "metres", "how high it goes");
        var definition = new StrategyDefinition(
                ID,
                ID,
                "a strategy of an earlier build",
                "test",
                StrategyDefinition.Direction.BUY,
                Set.of(),
                1,
                schema);
        return new Strategy() {
            @Override
            public StrategyDefinition definition() {
                return definition;
            }

            @Override
            public Optional<Decision> evaluate(EvaluationContext context) {
                return Optional.empty();
            }
        };
    }
}
