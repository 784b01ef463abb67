package io.tabot.broken.ops;

import java.time.Instant;

/** Right, unlike its neighbours: measuring is what ops is for. */
public final class MayReadTheClock {
    public Instant now() {
        return Instant.now();
    }
}
