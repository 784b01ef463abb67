package io.tabot.nats;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.tabot.nats.SignalStream.Stretch;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** All messages of a stream as it is now, for who is no service. Makes nothing and changes nothing there. */
public final class RecordedStream {
    /** It could not be read; the message is one line and has no password. */
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final NatsUrl url;
    private final NatsCredentials credentials;
    private final String stream;
    private final String subject;

    /** @param subject which messages are wanted; with wildcards */
    public RecordedStream(NatsUrl url, NatsCredentials credentials, String stream, String subject) {
        this.url = url;
        this.credentials = credentials;
        this.stream = stream;
        this.subject = subject;
    }

    /** Oldest first. Blocks. */
    public void read(Consumer<byte[]> bodies) {
        try (var connection = connect()) {
            var last = connection
                    .jetStreamManagement()
                    .getStreamInfo(stream)
                    .getStreamState()
                    .getLastSequence();
            new SignalStream(connection, stream)
                    .read(
                            new Stretch(subject, 1, null, last, true),
                            message -> Optional.ofNullable(message.getData()).ifPresent(bodies));
        } catch (IOException | JetStreamApiException e) {
            throw new Unreadable("the stream " + stream + " at " + url + " can't be read: "
                    + NatsUrl.withoutUser(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreadable("interrupted");
        }
    }

    private Connection connect() throws IOException, InterruptedException {
        return Nats.connect(ConnectionOptions.authenticated(
                        new Options.Builder()
                                .servers(url.servers().toArray(String[]::new))
                                .connectionTimeout(CONNECT_TIMEOUT)
                                .noReconnect()
                                .errorListener(new ErrorListener() {}),
                        credentials)
                .build());
    }
}
