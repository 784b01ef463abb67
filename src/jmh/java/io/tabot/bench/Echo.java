package io.tabot.bench;

import io.nats.client.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A client that only sends back what it gets: what server, network and clients need without the service. */
final class Echo {
    private static final String THERE = "echo.there";
    private static final String BACK = "echo.back";

    private Echo() {}

    /** From a message published to its echo heard, one at a time, in ns. */
    static List<Long> roundTrips(Connection asking, Connection echoing, byte[] body, int count, Duration pause)
            throws Exception {
        var heardAt = new AtomicLong();
        var ear = asking.createDispatcher(_ -> heardAt.set(System.nanoTime())).subscribe(BACK);
        var echo = echoing.createDispatcher(message -> echoing.publish(BACK, message.getData()))
                .subscribe(THERE);
        echoing.flush(pause.multipliedBy(100));
        asking.flush(pause.multipliedBy(100));
        var trips = new ArrayList<Long>();
        for (var trip = 0; trip < count; trip++) {
            var begin = System.nanoTime();
            asking.publish(THERE, body);
            LockSupport.parkNanos(pause.toNanos());
            if (heardAt.get() > begin) {
                trips.add(heardAt.get() - begin);
            }
        }
        asking.closeDispatcher(ear);
        echoing.closeDispatcher(echo);
        return trips;
    }
}
