package io.tabot.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tabot.live.LiveTail.Next;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveTailTest {
    private final LiveTail<String> tail = new LiveTail<>(3);

    @Test
    void givesTheNextOneAfterAnyNumber() {
        grow(2, 5, 9);

        assertThat(after(0)).isEqualTo(2);
        assertThat(after(2)).isEqualTo(5);
        assertThat(after(4)).isEqualTo(5);
        assertThat(after(5)).isEqualTo(9);
        assertThat(tail.after(9, 0)).isInstanceOf(Next.Nothing.class);
        assertThat(tail.after(99, 0)).isInstanceOf(Next.Nothing.class);
    }

    @Test
    void showsAnEntryOnceItIsReached() {
        tail.add(new LiveEntry<>(1, "1"));
        var before = tail.after(0, 0);
        tail.reach(1);

        assertThat(before).isInstanceOf(Next.Nothing.class);
        assertThat(after(0)).isEqualTo(1);
    }

    @Test
    void tellsWhoIsTooFarBehindThatLaterOnesTookThePlace() {
        grow(1, 2, 3, 4, 5);

        assertThat(tail.after(1, 0)).isEqualTo(new Next.Forgotten<>(2, true));
        assertThat(after(2)).isEqualTo(3);
    }

    @Test
    void tellsAfterAJumpThatItNeverHadWhatIsBefore() {
        grow(1, 2);
        tail.jump(7);

        assertThat(tail.after(2, 0)).isEqualTo(new Next.Forgotten<>(7, false));
        assertThat(tail.after(7, 0)).isInstanceOf(Next.Nothing.class);
        assertThat(tail.entries()).isEmpty();
    }

    @Test
    void goesBackForReadersOfANewLifeOnly() {
        grow(1, 2, 3);
        tail.rewrite(1);

        assertThat(tail.after(3, 0)).isInstanceOf(Next.Rewritten.class);
        assertThat(tail.after(1, tail.life())).isInstanceOf(Next.Nothing.class);
        assertThat(tail.head()).isEqualTo(1);
    }

    @Test
    void refusesWhatDoesNotFollow() {
        grow(4);

        assertThatThrownBy(() -> tail.add(new LiveEntry<>(4, "again"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LiveTail<>(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsListenersUntilTheyLeave() {
        var calls = new AtomicInteger();
        Runnable listener = calls::incrementAndGet;
        tail.listen(listener);
        grow(1, 2);
        tail.leave(listener);
        grow(3);

        assertThat(calls).hasValue(2);
    }

    private void grow(long... numbers) {
        for (var number : numbers) {
            tail.add(new LiveEntry<>(number, Long.toString(number)));
            tail.reach(number);
        }
    }

    private long after(long number) {
        return ((Next.Entry<String>) tail.after(number, tail.life())).entry().number();
    }
}
