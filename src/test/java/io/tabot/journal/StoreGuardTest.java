package io.tabot.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoreGuardTest {
    private static final OpenStore.Standing OPENED = new OpenStore.Standing(Optional.of("a"), 3);

    private final List<String> lost = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private Optional<OpenStore.Standing> now = Optional.of(OPENED);
    private boolean isClosed;
    private final StoreGuard guard = new StoreGuard(new Store(), OPENED, Runnable::run, (_, how) -> lost.add(how));

    private final class Store implements OpenStore {
        @Override
        public Standing standing() {
            assertThat(isClosed).isFalse();
            return now.orElseThrow(() -> new JournalUnavailableException("away"));
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    @Test
    void letsAnAnswerOutOfAStoreThatIsTheSame() {
        now = Optional.of(new OpenStore.Standing(Optional.of("a"), 4));
        guard.onceSure(4, () -> said.add("stored"));

        assertThat(said).containsExactly("stored");
        assertThat(lost).isEmpty();
    }

    @Test
    void saysNothingWhenTheStoreWasEmptied() {
        now = Optional.of(new OpenStore.Standing(Optional.empty(), 4));
        guard.onceSure(4, () -> said.add("stored"));

        assertThat(said).isEmpty();
        assertThat(lost).containsExactly("was emptied");
    }

    @Test
    void saysNothingWhenTheStoreIsAnotherOne() {
        now = Optional.of(new OpenStore.Standing(Optional.of("b"), 9));
        guard.onceSure(4, () -> said.add("stored"));

        assertThat(said).isEmpty();
        assertThat(lost).containsExactly("is another one");
    }

    @Test
    void remembersTheNewestPositionThatItWasTold() {
        now = Optional.of(new OpenStore.Standing(Optional.of("a"), 5));
        guard.onceSure(5, () -> {});
        now = Optional.of(new OpenStore.Standing(Optional.of("a"), 4));
        guard.onceSure(0, () -> said.add("held"));

        assertThat(said).isEmpty();
        assertThat(lost).containsExactly("went back from record 5 to 4");
    }

    @Test
    void saysNothingAndLosesNothingWhileTheStoreCannotBeAsked() {
        now = Optional.empty();
        guard.onceSure(4, () -> said.add("stored"));

        assertThat(said).isEmpty();
        assertThat(lost).isEmpty();
    }

    @Test
    void asksNothingOfAStoreThatItClosed() {
        guard.close();
        guard.onceSure(4, () -> said.add("stored"));

        assertThat(said).isEmpty();
    }
}
