package io.tabot.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetadataNamesTest {
    @Test
    void sharesNoMoreThanThereIsRoomForAndIsStillRight() {
        var none = MetadataNames.none(3);
        var a = then(none, "a");
        var b = then(a, "b");
        var c = then(a, "c");

        var beyond = then(c, "d");

        assertThat(then(then(none, "a"), "b")).isSameAs(b);
        assertThat(then(a, "c")).isSameAs(c);
        assertThat(then(c, "d")).isNotSameAs(beyond);
        assertThat(names(beyond)).containsExactly("a", "c", "d");
        assertThat(names(then(beyond, "e"))).containsExactly("a", "c", "d", "e");
        assertThat(beyond.then("c")).isNull();
    }

    @Test
    void isTheSameForManyThreadsThatAreTheFirstToTakeIt() throws Exception {
        var none = MetadataNames.none(1_000);
        var words = IntStream.range(0, 200).mapToObj(i -> "name " + i).toList();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var taken = new HashSet<MetadataNames>();
            Callable<MetadataNames> taking = () -> all(none, words);
            for (var one : threads.invokeAll(Collections.nCopies(64, taking))) {
                taken.add(one.get());
            }

            assertThat(taken).hasSize(1);
            assertThat(names(taken.iterator().next())).isEqualTo(words);
        }
    }

    private static MetadataNames all(MetadataNames none, List<String> words) {
        var names = none;
        for (var word : words) {
            names = then(names, word);
        }
        return names;
    }

    private static MetadataNames then(MetadataNames names, String next) {
        var step = names.then(next);
        assertThat(step).isNotNull();
        return step;
    }

    private static List<String> names(MetadataNames names) {
        return IntStream.range(0, names.size()).mapToObj(names::get).toList();
    }
}
