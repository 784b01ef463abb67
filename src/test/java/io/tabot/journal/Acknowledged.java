package io.tabot.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.ConfigEvent;
import io.tabot.config.HashChain;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What must hold after any fault. */
public final class Acknowledged {
    private Acknowledged() {}

    /** Both journals have one history, and every acknowledged change is in it once, at the revision it was given. */
    @SafeVarargs
    public static void areInBoth(List<ConfigEvent> one, List<ConfigEvent> other, Map<String, Long>... acknowledged) {
        assertThat(HashChain.verify(one)).isEmpty();
        assertThat(one).isEqualTo(other);
        var revisions = one.stream()
                .filter(event -> event.idempotency() != null)
                .collect(Collectors.toMap(event -> event.idempotency().key(), ConfigEvent::revision));
        for (var changes : acknowledged) {
            assertThat(revisions).containsAllEntriesOf(changes);
        }
    }
}
