package io.tabot.nats;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection to NATS of this process. It is looked for in the background, for ever: the service starts and
 * goes on without a server. jnats reconnects by itself after a loss but gives up when it is refused twice; then a new
 * connection is opened here, so never hold on to one.
 */
public final class NatsConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NatsConnection.class);

    private final NatsSettings settings;
    private final Counter reconnects;
    private final Outage refusal;
    private final AtomicBoolean up = new AtomicBoolean();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Consumer<Connection>> openListeners = new ArrayList<>();
    private @Nullable Connection current;
    private volatile CountDownLatch gaveUp = new CountDownLatch(1);

    public NatsConnection(NatsSettings settings, MeterRegistry meters) {
        this.settings = settings;
        this.refusal = new Outage(LOG, "Connecting to NATS at " + settings.url() + " does not work");
        this.reconnects = Counter.builder("ta_bot_nats_reconnects")
                .description("How often a lost NATS connection came back")
                .register(meters);
        Gauge.builder("ta_bot_nats_connected", this, connection -> connection.connected() ? 1 : 0)
                .description("1 while connected to NATS")
                .register(meters);
    }

    /** Begins to connect and returns at once. */
    public void start() {
        Thread.ofVirtual().name("nats-connect").start(this::keepOpen);
    }

    public boolean connected() {
        var connection = current();
        return connection != null && connection.getStatus() == Connection.Status.CONNECTED;
    }

    @Override
    public void close() throws InterruptedException {
        closing.countDown();
        gaveUp.countDown();
        var connection = current();
        if (connection != null) {
            connection.close();
        }
    }

    NatsSettings settings() {
        return settings;
    }

    /** The connection to use right now. */
    Connection require() throws NotConnected {
        var connection = current();
        if (connection == null || connection.getStatus() != Connection.Status.CONNECTED) {
            throw new NotConnected(settings.url());
        }
        return connection;
    }

    /** Whether it is still the one to use, open or not. */
    boolean holds(Connection connection) {
        return current() == connection;
    }

    /** Calls back with the open connection, if there is one, and with every one opened later; not on a reconnect. */
    synchronized void onOpen(Consumer<Connection> listener) {
        openListeners.add(listener);
        if (current != null) {
            tell(listener, current);
        }
    }

    synchronized void removeOnOpen(Consumer<Connection> listener) {
        openListeners.remove(listener);
    }

    private synchronized @Nullable Connection current() {
        return current;
    }

    private synchronized void opened(Connection connection) {
        current = connection;
        openListeners.forEach(listener -> tell(listener, connection));
    }

    private static void tell(Consumer<Connection> listener, Connection connection) {
        try {
            listener.accept(connection);
        } catch (RuntimeException e) {
            // It was closed in the meantime; the listener is told of the next one.
            LOG.debug("A NATS connection could not be put to use", e);
        }
    }

    private void keepOpen() {
        var options = ConnectionOptions.of(settings, new Events(), new ErrorListener() {});
        var backoff = new Backoff();
        try {
            while (closing.getCount() > 0) {
                if (holdOne(options)) {
                    backoff.reset();
                }
                var pause = backoff.next();
                var _ = closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Opens a connection and returns when it is closed for good; false if none could be opened. */
    private boolean holdOne(Options options) throws InterruptedException {
        gaveUp = new CountDownLatch(1);
        Connection connection;
        try {
            connection = Nats.connect(options);
        } catch (IOException | IllegalStateException e) {
            refusal.failed(e);
            return false;
        }
        refusal.over();
        opened(connection);
        if (closing.getCount() == 0) {
            connection.close();
        }
        if (connection.getStatus() != Connection.Status.CLOSED) {
            gaveUp.await();
        }
        return true;
    }

    /** One line when the connection is lost and one when it is back, whatever happens in between. */
    private final class Events implements ConnectionListener {
        @Override
        @Deprecated
        public void connectionEvent(Connection connection, ConnectionListener.Events event) {
            switch (event) {
                case CONNECTED, RECONNECTED -> cameUp(event == ConnectionListener.Events.RECONNECTED);
                case DISCONNECTED -> wentDown();
                case CLOSED -> {
                    wentDown();
                    // A connection that could not be opened is closed too, some time later.
                    if (connection == current()) {
                        gaveUp.countDown();
                    }
                }
                case RESUBSCRIBED, DISCOVERED_SERVERS, LAME_DUCK -> LOG.debug("NATS: {}", event);
            }
        }

        private void cameUp(boolean again) {
            if (up.compareAndSet(false, true)) {
                LOG.info("{} NATS at {}", again ? "Back at" : "Connected to", settings.url());
            }
            if (again) {
                reconnects.increment();
            }
        }

        private void wentDown() {
            if (up.compareAndSet(true, false) && closing.getCount() > 0) {
                LOG.warn("Lost NATS at {}; reconnecting until it is back", settings.url());
            }
        }
    }
}
