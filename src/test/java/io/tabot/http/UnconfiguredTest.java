package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where nothing was ever configured. */
class UnconfiguredTest {
    private static final String PATH = "/api/v1/config/application";

    @Test
    void readsShowDefaultsAndWriteNothingAndTheFirstChangeCreates(@TempDir Path folder) {
        try (var running = RunningApi.startEmpty(folder)) {
            var client = running.client();
            var empty = client.get(PATH);
            var history = client.get(PATH + "/audit");
            var rollback = client.post(PATH + "/rollback", "{'changed_by': 'ops'}");
            var created = client.post(
                    PATH,
                    "{'enabled_strategies': [], 'symbols': ['BTCUSDT'], 'candle_periods': ['1h'],"
                            + " 'changed_by': 'ops', 'expected_version': 0}");

            assertThat(empty.at("/data/version").asLong()).isZero();
            assertThat(empty.at("/data/source").asText()).isEqualTo("default");
            assertThat(empty.at("/data/created_at").isNull()).isTrue();
            assertThat(empty.header("ETag")).contains("\"0\"");
            assertThat(history.at("/data")).isEmpty();
            assertThat(rollback.status()).isEqualTo(404);
            assertThat(created.status()).as(created.text()).isEqualTo(200);
            assertThat(created.at("/metadata/action").asText()).isEqualTo("created");
            assertThat(created.at("/data/version").asLong()).isEqualTo(1);
        }
    }
}
