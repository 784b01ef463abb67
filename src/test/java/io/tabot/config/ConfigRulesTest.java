package io.tabot.config;

import static io.tabot.config.ConfigSamples.OPS;
import static io.tabot.config.ConfigSamples.accept;
import static io.tabot.config.ConfigSamples.application;
import static io.tabot.config.ConfigSamples.decide;
import static io.tabot.config.ConfigSamples.delete;
import static io.tabot.config.ConfigSamples.errors;
import static io.tabot.config.ConfigSamples.initialized;
import static io.tabot.config.ConfigSamples.keyed;
import static io.tabot.config.ConfigSamples.parameters;
import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.ConfigCommand.ChangeMany;
import io.tabot.config.ConfigCommand.ChangeOne;
import io.tabot.config.ConfigCommand.Initialize;
import io.tabot.config.DocumentEdit.DeleteParameters;
import io.tabot.config.DocumentEdit.UpdateApplication;
import io.tabot.config.DocumentEdit.UpdateParameters;
import io.tabot.config.FieldError.Code;
import io.tabot.config.Outcome.Accept;
import io.tabot.config.Outcome.Stale;
import io.tabot.config.Outcome.Unchanged;
import io.tabot.config.Outcome.Unknown;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigRulesTest {
    private static final String TREND = "trend_follower";

    private final ConfigState state = initialized();

    @Test
    void recordsWhoAskedThroughWhatAndWhy() {
        var event = accept(state, application("max_positions", 5)).event();

        assertThat(event.revision()).isEqualTo(2);
        assertThat(event.at()).isEqualTo(ConfigSamples.NOW);
        assertThat(event.changedBy()).isEqualTo("ops-7");
        assertThat(event.reason()).isEqualTo("trial");
        assertThat(event.action()).isEqualTo(ConfigEvent.Action.UPDATE);
        assertThat(event.auditId("staging")).isEqualTo("staging-2");
    }

    @Test
    void makesNoEventOfAChangeThatChangesNothing() {
        assertThat(decide(state, application("max_positions", 10))).isEqualTo(new Unchanged(state));
        assertThat(decide(state, application(Map.of()))).isEqualTo(new Unchanged(state));
    }

    @Test
    void decidesTheSameAgain() {
        var command = application("max_positions", 5);

        assertThat(decide(state, command)).isEqualTo(decide(state, command));
    }

    @Test
    void answersARepetitionWithTheFirstEvent() {
        var edit = new UpdateApplication(Map.of("max_positions", 5), Precondition.NONE);
        var first = accept(state, new ChangeOne(edit, keyed("key", "body")));
        var later = accept(first.next(), application("max_positions", 6)).next();

        assertThat(decide(later, new ChangeOne(edit, keyed("key", "body"))))
                .isEqualTo(new Outcome.Repeat(first.event()));
    }

    @Test
    void refusesAKeyThatComesBackWithAnotherBody() {
        var edit = new UpdateApplication(Map.of("max_positions", 5), Precondition.NONE);
        var first = accept(state, new ChangeOne(edit, keyed("key", "body")));

        assertThat(decide(first.next(), new ChangeOne(edit, keyed("key", "other body"))))
                .isEqualTo(new Outcome.KeyReused(first.event()));
    }

    @Test
    void holdsAnExpectedRevisionAgainstTheDocumentOnly() {
        var elsewhere =
                accept(state, parameters(TREND, null, Map.of("fast_period", 5))).next();

        assertThat(decide(elsewhere, expecting(Precondition.revision(1)))).isInstanceOf(Accept.class);
        assertThat(decide(elsewhere, expecting(Precondition.revision(99)))).isInstanceOf(Accept.class);
        assertThat(decide(elsewhere, expecting(Precondition.version(1)))).isInstanceOf(Accept.class);
    }

    @Test
    void refusesAStaleChangeWithTheCurrentDocumentAndADiff() {
        var changed = accept(state, application("max_positions", 5)).next();

        assertThat(decide(changed, expecting(Precondition.revision(1)))).isInstanceOfSatisfying(Stale.class, stale -> {
            assertThat(stale.document()).isEqualTo(DocumentKey.APPLICATION);
            assertThat(stale.current())
                    .isEqualTo(changed.document(DocumentKey.APPLICATION).orElseThrow());
            assertThat(stale.revision()).isEqualTo(2);
            assertThat(stale.version()).isEqualTo(2);
            assertThat(stale.wanted().documents().getFirst().fields())
                    .containsExactly(new ConfigDiff.FieldDiff("max_positions", 5L, 8L, List.of(), List.of()));
        });
        assertThat(decide(changed, expecting(Precondition.version(1)))).isInstanceOf(Stale.class);
        assertThat(decide(changed, expecting(Precondition.version(3)))).isInstanceOf(Stale.class);
    }

    @Test
    void holdsAnExpectedRevisionAgainstADeleteToo() {
        var created =
                accept(state, parameters(TREND, null, Map.of("fast_period", 5))).next();
        var deleted = accept(created, delete(TREND, null)).next();
        var edit = new UpdateParameters(TREND, null, Map.of("fast_period", 6), Precondition.revision(2));

        assertThat(decide(deleted, new ChangeOne(edit, OPS))).isInstanceOf(Stale.class);
    }

    @Test
    void expectsVersionZeroOfWhatNeverExisted() {
        var edit = new UpdateParameters(TREND, null, Map.of("fast_period", 6), Precondition.version(0));
        var created = accept(state, new ChangeOne(edit, OPS)).next();

        assertThat(decide(created, new ChangeOne(edit, OPS))).isInstanceOf(Stale.class);
    }

    @Test
    void deletesOneLayer() {
        var created = accept(state, parameters(TREND, "BTCUSDT", Map.of("fast_period", 5)))
                .next();
        var event = accept(created, delete(TREND, "BTCUSDT")).event();

        assertThat(event.action()).isEqualTo(ConfigEvent.Action.DELETE);
        assertThat(event.changes().getFirst().document()).isEqualTo(DocumentKey.strategy(TREND, "BTCUSDT"));
    }

    @Test
    void knowsNothingToDelete() {
        assertThat(decide(state, delete(TREND, null)))
                .isInstanceOfSatisfying(Unknown.class, u -> assertThat(u.what()).isEqualTo(Unknown.What.DOCUMENT));
        assertThat(decide(state, delete(TREND, "A/B")))
                .isInstanceOfSatisfying(Unknown.class, u -> assertThat(u.what()).isEqualTo(Unknown.What.DOCUMENT));
        assertThat(decide(state, delete("trend", null)))
                .isInstanceOfSatisfying(Unknown.class, u -> assertThat(u.what()).isEqualTo(Unknown.What.STRATEGY));
    }

    @Test
    void changesManyDocumentsInOneEvent() {
        var event = accept(
                        state,
                        many(
                                new UpdateApplication(Map.of("paused", true), Precondition.NONE),
                                new UpdateParameters(
                                        TREND, "BTCUSDT", Map.of("fast_period", 5), Precondition.revision(0))))
                .event();

        assertThat(event.changes())
                .extracting(ConfigEvent.Change::document)
                .containsExactly(DocumentKey.APPLICATION, DocumentKey.strategy(TREND, "BTCUSDT"));
        assertThat(event.action()).isEqualTo(ConfigEvent.Action.UPDATE);
    }

    @Test
    void changesAllOrNoneAndNamesTheEditThatIsWrong() {
        var command = many(
                new UpdateApplication(Map.of("paused", true), Precondition.NONE),
                new UpdateParameters("trend", null, Map.of(), Precondition.NONE),
                new UpdateParameters(TREND, null, Map.of("fast_period", 0), Precondition.NONE),
                new DeleteParameters("quiet_market", null, Precondition.NONE),
                new UpdateApplication(Map.of("max_positions", 5), Precondition.NONE));

        assertThat(errors(state, command))
                .extracting(FieldError::field, FieldError::code)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("changes[1].strategy_id", Code.UNKNOWN_STRATEGY),
                        org.assertj.core.groups.Tuple.tuple("changes[2].fast_period", Code.OUT_OF_RANGE),
                        org.assertj.core.groups.Tuple.tuple("changes[3].document", Code.UNKNOWN_DOCUMENT),
                        org.assertj.core.groups.Tuple.tuple("changes[4]", Code.DUPLICATE));
    }

    @Test
    void refusesAnEmptyList() {
        assertThat(errors(state, many())).extracting(FieldError::code).containsExactly(Code.EMPTY);
    }

    @Test
    void judgesOrdersOnWhatAllEditsMakeTogether() {
        var global = accept(state, parameters(TREND, null, Map.of("slow_period", 100)))
                .next();
        var override = accept(global, parameters(TREND, "ETHUSDT", Map.of("fast_period", 60)))
                .next();

        assertThat(decide(
                        override,
                        many(
                                new DeleteParameters(TREND, null, Precondition.NONE),
                                new DeleteParameters(TREND, "ETHUSDT", Precondition.NONE))))
                .isInstanceOf(Accept.class);
    }

    @Test
    void holdsAPreconditionAgainstTheWholeEnvironment() {
        var edit = new UpdateApplication(Map.of("paused", true), Precondition.NONE);
        var elsewhere =
                accept(state, parameters(TREND, null, Map.of("fast_period", 5))).next();

        assertThat(decide(elsewhere, new ChangeMany(List.of(edit), Precondition.revision(1), OPS)))
                .isInstanceOfSatisfying(
                        Stale.class, stale -> assertThat(stale.document()).isNull());
        assertThat(decide(elsewhere, new ChangeMany(List.of(edit), Precondition.revision(2), OPS)))
                .isInstanceOf(Accept.class);
        assertThat(errors(elsewhere, new ChangeMany(List.of(edit), Precondition.version(1), OPS)))
                .extracting(FieldError::field)
                .containsExactly("expected_version");
    }

    @Test
    void initializesOnlyWhereThereIsNoHistory() {
        var config = new WholeConfig(Map.of("max_positions", 3), Map.of());

        assertThat(decide(state, new Initialize(config, ConfigSamples.DEFAULTS, OPS)))
                .isEqualTo(new Unchanged(state));
        assertThat(accept(ConfigState.empty("staging"), new Initialize(config, ConfigSamples.DEFAULTS, OPS))
                        .next()
                        .application()
                        .maxPositions())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "a\nb", "a\u0000", "\ud800"})
    void refusesAChangeByNobody(String changedBy) {
        var meta = new ChangeMeta(changedBy, ChangeMeta.Through.API, null, null);

        assertThat(errors(state, new ChangeOne(new UpdateApplication(Map.of("paused", true), Precondition.NONE), meta)))
                .extracting(FieldError::field)
                .containsOnly("changed_by");
    }

    @Test
    void boundsWhatTheRecordSays() {
        var meta = new ChangeMeta(
                "x".repeat(101), ChangeMeta.Through.API, "y".repeat(1_001), new ChangeMeta.Idempotency("", "body"));

        assertThat(errors(state, new ChangeOne(new UpdateApplication(Map.of("paused", true), Precondition.NONE), meta)))
                .extracting(FieldError::field)
                .containsExactly("changed_by", "reason", "idempotency_key");
    }

    @Test
    void takesAReasonOfSeveralLines() {
        var meta = new ChangeMeta("x".repeat(100), ChangeMeta.Through.API, "why:\n\tbecause \ud83d\ude00", null);

        assertThat(decide(state, new ChangeOne(new UpdateApplication(Map.of("paused", true), Precondition.NONE), meta)))
                .isInstanceOf(Accept.class);
    }

    private static ConfigCommand expecting(Precondition precondition) {
        return new ChangeOne(new UpdateApplication(Map.of("max_positions", 8), precondition), OPS);
    }

    private static ConfigCommand many(DocumentEdit... edits) {
        return new ChangeMany(List.of(edits), Precondition.NONE, OPS);
    }
}
