package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.http.RandomRequests.Request;
import java.util.TreeMap;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ten thousand requests made of the document by chance: none fails, and each is answered as the document says. */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RandomRequestsTest {
    private static final long SEED = 20_261_122;
    private static final int WARM_UP = 1_000;
    private static final int REQUESTS = 10_000;

    private static final OpenApi api = OpenApi.read();

    @RegisterExtension
    static final ServedApi served = new ServedApi(
            folder -> RunningApi.start(folder, RunningApi.settings().with(Holders.access())));

    private static final Client client = served.client();

    @Test
    @Order(1)
    void areAnsweredAsTheDocumentSaysAndLeaveNothingOnTheHeap() {
        var statuses = new TreeMap<Integer, Integer>();
        var requests = new RandomRequests(api, SEED);
        for (var number = 0; number < WARM_UP; number++) {
            check(number, requests.next());
        }
        var before = Heap.used();
        for (var number = 0; number < REQUESTS; number++) {
            statuses.merge(check(number, requests.next()), 1, Integer::sum);
        }

        assertThat(Heap.used()).isLessThan(before + before / 5);
        // Or the requests are not as different as they are meant to be.
        assertThat(statuses).containsKeys(200, 400, 401, 403, 404, 409, 412, 415, 422, 429);
        assertThat(statuses.get(200)).isGreaterThan(REQUESTS / 10);
    }

    @Test
    @Order(2)
    void leaveAServiceThatStillWorks() {
        var config = client.get("/api/v1/config", Holders.VIEWER.headers());
        var health = client.get("/health");

        assertThat(config.status()).isEqualTo(200);
        assertThat(health.status()).isEqualTo(200);
    }

    private static int check(int number, Request request) {
        var what = "seed " + SEED + ", request " + number + ": " + request;
        var operation = request.operation();
        var reply = client.send(
                operation.method(),
                request.path(),
                request.body(),
                request.headers().toArray(String[]::new));
        assertThat(reply.status()).as(what + "\n" + reply.text()).isNotEqualTo(500);
        // A name that is empty makes another path of it.
        if (reply.status() != 404 && reply.status() != 405) {
            assertThat(operation.lists(reply.status()))
                    .as(what + "\nis answered with " + reply.status() + "\n" + reply.text())
                    .isTrue();
        }
        return reply.status();
    }
}
