package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigEventJsonTest {
    private static final Path SAMPLES = Path.of("src/test/resources/journal");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void readsBackWhatItWrote(long seed) {
        for (var event : new RandomHistory(seed).grow(80).events()) {
            assertThat(ConfigEventJson.read(ConfigEventJson.write(event)))
                    .as("seed %d", seed)
                    .isEqualTo(event);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"config-change-1.jsonl", "config-change-2.jsonl"})
    void readsTheStoredSamplesOfEverySchema(String file) throws IOException {
        var events = Files.readAllLines(SAMPLES.resolve(file)).stream()
                .map(ConfigEventJson::read)
                .toList();

        assertThat(HashChain.verify(events)).isEmpty();
        assertThat(events).extracting(ConfigEvent::action).contains(ConfigEvent.Action.values());
        assertThat(ConfigState.replay("staging", events).application().paused()).isTrue();
    }

    @Test
    void hasASampleOfEverySchema() {
        for (var schema = 1; schema <= ConfigEventJson.SCHEMA; schema++) {
            assertThat(SAMPLES.resolve(ConfigEventJson.TYPE + "-" + schema + ".jsonl"))
                    .exists();
        }
    }

    /** What was stored before there were actors must keep its hash, however often it is read and written. */
    @Test
    void writesAnEventWithoutActorAsBeforeThereWereAny() throws IOException {
        var stored = Files.readAllLines(SAMPLES.resolve("config-change-1.jsonl"));

        assertThat(stored)
                .allSatisfy(line -> assertThat(ConfigEventJson.write(ConfigEventJson.read(line)))
                        .isEqualTo(line));
    }

    @Test
    void namesTheActorBesideTheClaim() throws IOException {
        var stored = Files.readAllLines(SAMPLES.resolve("config-change-2.jsonl"));
        var event = ConfigEventJson.read(stored.get(2));

        assertThat(event.changedBy()).isEqualTo("ops-7");
        assertThat(event.actor()).isEqualTo("petrosa-cio");
        assertThat(ConfigEventJson.write(event)).isEqualTo(stored.get(2));
    }

    @Test
    void aHistoryInWhichAnActorWasReplacedIsBroken() throws IOException {
        var stored = Files.readAllLines(SAMPLES.resolve("config-change-2.jsonl"));
        stored.replaceAll(line -> line.replace("\"actor\":\"petrosa-cio\"", "\"actor\":\"somebody\""));

        assertThat(HashChain.verify(stored.stream().map(ConfigEventJson::read).toList()))
                .map(HashChain.Break::revision)
                .contains(3L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"schema\":1,\"actor\":\"x\"", "\"schema\":2", "\"schema\":2,\"actor\":null"})
    void refusesAnActorInTheWrongSchema(String fields) {
        assertThatThrownBy(() -> ConfigEventJson.read(sample().replace("\"schema\":1", fields)))
                .isInstanceOf(ConfigFormatException.class)
                .hasMessageContaining("actor");
    }

    @Test
    void keepsTheKindOfANumber() {
        var values = ConfigEventJson.read(sample().replace("\"paused\":false", "\"a\":25,\"b\":25.0,\"paused\":false"))
                .changes()
                .getFirst()
                .after();

        assertThat(Optional.ofNullable(values).orElseThrow().fields())
                .containsAllEntriesOf(Map.of("a", 25L, "b", 25.0));
    }

    @Test
    void saysThatANewerSchemaNeedsANewerBuild() {
        assertThatThrownBy(() -> ConfigEventJson.read(sample().replace("\"schema\":1", "\"schema\":3")))
                .isInstanceOf(ConfigFormatException.class)
                .hasMessageContaining("schema 3")
                .hasMessageContaining("newer ta-bot");
    }

    @Test
    void refusesAFieldThatItWouldLose() {
        assertThatThrownBy(() -> ConfigEventJson.read(sample().replace("\"through\"", "\"extra\":1,\"through\"")))
                .isInstanceOf(ConfigFormatException.class)
                .hasMessageContaining("extra");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"type\":\"other\",\"schema\":1}",
                "{\"type\":\"config-change\"}",
                "{\"type\":\"config-change\",\"schema\":1,\"revision\":\"1\"}",
                "{\"type\":\"config-change\",\"type\":\"config-change\",\"schema\":1}",
                "{} {}"
            })
    void namesWhatIsNoEvent(String json) {
        assertThatThrownBy(() -> ConfigEventJson.read(json)).isInstanceOf(ConfigFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"revision\":0",
                "\"at\":\"yesterday\"",
                "\"through\":\"mail\"",
                "\"changes\":[]",
                "\"changes\":[1]",
                "\"changes\":[{\"document\":\"../x\",\"before\":null,\"after\":{}}]",
                "\"changes\":[{\"document\":\"a\",\"before\":null,\"after\":null}]"
            })
    void namesWhatIsWrongInAnEvent(String field) {
        var name = field.substring(0, field.indexOf(':'));
        var object = JsonText.readObject(sample());
        var fields = new java.util.LinkedHashMap<>(object);
        fields.putAll(JsonText.readObject("{" + field + "}"));

        assertThatThrownBy(() -> ConfigEventJson.read(JsonText.write(fields)))
                .as(name)
                .isInstanceOf(ConfigFormatException.class);
    }

    @Test
    void refusesANumberTooLargeToBeOne() {
        assertThatThrownBy(() -> ConfigEventJson.read(sample().replace("0.95", "1e999")))
                .isInstanceOf(ConfigFormatException.class)
                .hasMessageContaining("finite");
    }

    @Test
    void writesTimesWithMillisecondsAlways() {
        var event = ConfigSamples.RULES.decide(
                ConfigState.empty("staging"),
                ConfigSamples.parameters("quiet_market", null, Map.of("enabled", false)),
                List.of(),
                java.time.Instant.parse("2026-05-04T08:00:00Z"));

        assertThat(ConfigEventJson.write(((Outcome.Accept) event).event()))
                .contains("\"at\":\"2026-05-04T08:00:00.000Z\"");
    }

    private static String sample() {
        try {
            return Files.readAllLines(SAMPLES.resolve("config-change-1.jsonl")).getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
