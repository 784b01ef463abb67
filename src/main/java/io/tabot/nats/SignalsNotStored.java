package io.tabot.nats;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The server did not confirm a signal in time. It may be stored all the same; sending it again is harmless. */
public final class SignalsNotStored extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SignalsNotStored(String subject, Duration timeout, @Nullable Throwable cause) {
        super("no confirmation for a signal on " + subject + " within " + timeout.toMillis() + " ms", cause);
    }
}
