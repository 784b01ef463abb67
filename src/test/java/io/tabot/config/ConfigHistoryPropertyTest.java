package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every history. The seed is in the name of each test, and in its failure. */
class ConfigHistoryPropertyTest {
    private static final int COMMANDS = 150;

    static java.util.stream.LongStream seeds() {
        return java.util.stream.LongStream.rangeClosed(1, 25);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theFoldOfTheEventsIsTheStateThatWasDecidedOn(long seed) {
        var history = new RandomHistory(seed).grow(COMMANDS);

        assertThat(ConfigState.replay(ConfigSamples.ENVIRONMENT, history.events()))
                .as("seed %d", seed)
                .isEqualTo(history.state());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aRedeliveredEventChangesNothing(long seed) {
        var history = new RandomHistory(seed).grow(COMMANDS);

        for (var event : history.events()) {
            assertThat(history.state().apply(event)).as("seed %d", seed).isSameAs(history.state());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void revisionsAndVersionsHaveNoGaps(long seed) {
        var versions = new HashMap<DocumentKey, Long>();
        var state = ConfigState.empty(ConfigSamples.ENVIRONMENT);
        for (var event : new RandomHistory(seed).grow(COMMANDS).events()) {
            assertThat(state.isFollowedBy(event)).as("seed %d", seed).isTrue();
            state = state.apply(event);
            for (var change : event.changes()) {
                var version = versions.merge(change.document(), 1L, Long::sum);
                assertThat(state.versionOf(change.document()))
                        .as("seed %d", seed)
                        .isEqualTo(version);
                assertThat(state.revisionOf(change.document()))
                        .as("seed %d", seed)
                        .isEqualTo(event.revision());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyChangeBeginsWhereTheOneBeforeEnded(long seed) {
        var state = ConfigState.empty(ConfigSamples.ENVIRONMENT);
        for (var event : new RandomHistory(seed).grow(COMMANDS).events()) {
            for (var change : event.changes()) {
                var before = state.document(change.document()).map(StoredDocument::value);
                assertThat(Optional.ofNullable(change.before()))
                        .as("seed %d", seed)
                        .isEqualTo(before);
            }
            state = state.apply(event);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theChainIsSoundUntilAnyEventIsTamperedWith(long seed) {
        var events = new RandomHistory(seed).grow(COMMANDS).events();
        assertThat(HashChain.verify(events)).as("seed %d", seed).isEmpty();

        var index = new Random(seed).nextInt(events.size());
        var tampered = new java.util.ArrayList<>(events);
        tampered.set(
                index,
                ConfigEventJson.read(ConfigEventJson.write(events.get(index))
                        .replaceFirst("\"changed_by\":\"ops-.\"", "\"changed_by\":\"nobody\"")));

        assertThat(HashChain.verify(tampered))
                .as("seed %d", seed)
                .map(HashChain.Break::revision)
                .contains(index + 1L);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aStateReadsBackAsWritten(long seed) {
        var state = new RandomHistory(seed).grow(COMMANDS).state();

        assertThat(ConfigStateJson.read(ConfigStateJson.write(state)))
                .as("seed %d", seed)
                .isEqualTo(state);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsStoredAlwaysCompilesAndKeepsItsOrders(long seed) {
        var state = new RandomHistory(seed).grow(COMMANDS).state();

        for (var symbol : new String[] {null, "BTCUSDT", "ETHUSDT", "1INCHUSDT"}) {
            var values = EffectiveParameters.explain(state, ConfigSamples.TREND, symbol)
                    .values();
            assertThat((Long) values.get("fast_period")).as("seed %d", seed).isLessThan((Long)
                    values.get("slow_period"));
        }
        assertThat(state.effective(ConfigSamples.CATALOG, new io.tabot.market.Symbol("BTCUSDT"))
                        .revision())
                .isEqualTo(state.revision());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyLifeBeginsRegisteredAndTakesNoForbiddenStep(long seed) {
        for (var event : new RandomHistory(seed).grow(COMMANDS).events()) {
            for (var change : event.changes()) {
                if (change.document().kind() == DocumentKey.Kind.LIFECYCLE) {
                    var before = Optional.ofNullable(change.before()).map(Lifecycle::from);
                    var after = Lifecycle.from(change.after());
                    var state = before.flatMap(move -> LifecycleState.of(move.to()));
                    assertThat(LifecycleState.after(state.orElse(null)))
                            .as("seed %d", seed)
                            .contains(LifecycleState.of(after.to()).orElseThrow());
                    assertThat(after.from())
                            .as("seed %d", seed)
                            .isEqualTo(before.map(Lifecycle::to).orElse(null));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyKindOfOutcomeOccurs(long seed) {
        var kinds = new RandomHistory(seed)
                .grow(2 * COMMANDS).outcomes().stream()
                        .map(Outcome::getClass)
                        .distinct()
                        .toList();

        assertThat(kinds).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(5);
    }
}
