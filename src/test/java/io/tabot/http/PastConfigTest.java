package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.Publication;
import io.tabot.testing.Signals;
import io.tabot.testing.TestCluster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs on one history: 1 is the first configuration, 2 to 5 are made here. */
class PastConfigTest {
    private static final String PATH = "/api/v1/config";
    private static final String PULSE = "/api/v1/strategies/momentum_pulse";

    @RegisterExtension
    static final ServedApi served = new ServedApi(RunningApi::start);

    private static final Client client = served.client();
    private static final List<String> TIMES = new ArrayList<>();

    @BeforeAll
    static void start() {
        change(PATH + "/application", "{'max_positions': 7, 'changed_by': 'ops', 'reason': 'fewer'}");
        change(PULSE + "/config", "{'parameters': {'rsi_period': 5}, 'changed_by': 'ops'}");
        change(PATH + "/application", "{'symbols': ['BTCUSDT', 'SOLUSDT'], 'changed_by': 'ops'}");
        change(PULSE + "/config", "{'parameters': {'rsi_period': null, 'adx_period': 9}, 'changed_by': 'ops'}");
    }

    @Test
    void showsTheWholeConfigurationAsItWasAfterAChange() {
        var third = client.get(PATH + "?revision=3");
        var fifth = client.get(PATH + "?revision=5");

        assertThat(third.status()).isEqualTo(200);
        assertThat(third.at("/data/application/max_positions").asInt()).isEqualTo(7);
        assertThat(third.at("/data/application/symbols/1").asText()).isEqualTo("ETHUSDT");
        assertThat(third.at("/data/strategies/momentum_pulse/parameters").toString())
                .isEqualTo("{\"rsi_period\":5}");
        assertThat(third.at("/metadata/revision").asInt()).isEqualTo(3);
        assertThat(third.at("/metadata/as_of/changed_by").asText()).isEqualTo("ops");
        assertThat(third.header("ETag")).contains("\"3\"");
        assertThat(fifth.at("/data")).isEqualTo(client.get(PATH).at("/data"));
    }

    @Test
    void beforeTheFirstChangeNothingIsConfigured() {
        var reply = client.get(PATH + "?revision=0");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/data/application/symbols")).isEmpty();
        assertThat(reply.at("/metadata/as_of/revision").asInt()).isZero();
    }

    @Test
    void showsWhatWasInForceAtAnInstant() {
        var third = client.get(PATH + "?at=" + TIMES.get(1));
        var before = client.get(PATH + "?at=2001-01-01T00:00:00Z");
        var later = client.get(PATH + "?at=2100-01-01T00:00:00Z");

        assertThat(third.at("/metadata/as_of/revision").asInt()).isEqualTo(3);
        assertThat(before.at("/metadata/as_of/revision").asInt()).isZero();
        assertThat(later.at("/data")).isEqualTo(client.get(PATH).at("/data"));
    }

    @Test
    void showsWhatASignalWasDecidedUnder() {
        var signal = Signals.under(2, Signals.buy("momentum_pulse", new Symbol("BTCUSDT"), Timeframe.FOUR_HOURS, 77));
        served.running().signals.add(Publication.sent(signal), Instant.parse("2026-02-03T04:05:06Z"));

        var reply = client.get(PATH + "?signal=" + signal.intentId());
        var unknown = client.get(PATH + "?signal=" + "0".repeat(32));

        assertThat(reply.at("/metadata/as_of/revision").asInt()).isEqualTo(2);
        assertThat(reply.at("/data/strategies")).isEmpty();
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.at("/error/suggestion").asText()).contains("config_revision");
    }

    @Test
    void refusesMomentsThatDoNotExistAndTwoAtOnce() {
        assertThat(client.get(PATH + "?revision=99").status()).isEqualTo(404);
        assertThat(client.get(PATH + "?revision=-1").status()).isEqualTo(422);
        assertThat(client.get(PATH + "?at=noon").status()).isEqualTo(422);
        assertThat(client.get(PATH + "?revision=1&at=2026-01-01T00:00:00Z").status())
                .isEqualTo(422);
        assertThat(client.get(PATH + "/diff").status()).isEqualTo(422);
        assertThat(client.get(PATH + "/diff?from=1&to=99").status()).isEqualTo(404);
    }

    @Test
    void tellsWhatDiffersFieldByField() {
        var reply = client.get(PATH + "/diff?from=2&to=5");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/data/from/revision").asInt()).isEqualTo(2);
        assertThat(reply.at("/data/to/revision").asInt()).isEqualTo(5);
        assertThat(StreamSupport.stream(reply.at("/data/documents").spliterator(), false)
                        .map(item -> item.get("document").asText() + " "
                                + item.get("action").asText()))
                .containsExactly("application UPDATE", "strategy/momentum_pulse CREATE");
        assertThat(reply.at("/data/documents/0/fields/0/field").asText()).isEqualTo("symbols");
        assertThat(reply.at("/data/documents/0/fields/0/added/0").asText()).isEqualTo("SOLUSDT");
        assertThat(reply.at("/data/documents/0/fields/0/removed/0").asText()).isEqualTo("ETHUSDT");
        assertThat(reply.at("/data/documents/1/fields/0/field").asText()).isEqualTo("adx_period");
    }

    @Test
    void aDifferenceGoesToNowUnlessToldOtherwiseAndBackwardsToo() {
        var toNow = client.get(PATH + "/diff?from=" + TIMES.get(2));
        var back = client.get(PATH + "/diff?from=5&to=2");
        var none = client.get(PATH + "/diff?from=4&to=4");

        assertThat(toNow.at("/data/from/revision").asInt()).isEqualTo(4);
        assertThat(toNow.at("/data/to/revision").asInt()).isEqualTo(5);
        assertThat(back.at("/data/documents/1/action").asText()).isEqualTo("DELETE");
        assertThat(none.at("/data/documents")).isEmpty();
    }

    private static void change(String path, String body) {
        var time = Instant.now();
        // A moment between two changes needs changes that are apart.
        TestCluster.eventually(Instant::now, now -> now.toEpochMilli() > time.toEpochMilli());
        var reply = client.post(path, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        TIMES.add(reply.at("/data/updated_at").asText());
    }
}
