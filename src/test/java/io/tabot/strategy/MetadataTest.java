package io.tabot.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetadataTest {
    @Test
    void isTheMapThatWasPutInInItsOrder() {
        var metadata = new Metadata();
        var expected = new LinkedHashMap<String, @Nullable Object>();
        for (var i = 0; i < 40; i++) {
            // Some names come twice.
            var name = "name " + i * 7 % 30;
            metadata.with(name, (double) i);
            expected.put(name, (double) i);
        }
        metadata.with("word", "w").with("switch", true).put("undefined", null);
        expected.put("word", "w");
        expected.put("switch", true);
        expected.put("undefined", null);

        var values = metadata.values();

        assertThat(values).isEqualTo(expected).hasSameHashCodeAs(expected).hasToString(expected.toString());
        assertThat(values.keySet()).containsExactlyElementsOf(expected.keySet());
        assertThat(values.get("undefined")).isNull();
        assertThat(values.containsKey("undefined")).isTrue();
        assertThat(values.containsKey("absent")).isFalse();
        var visited = new LinkedHashMap<String, @Nullable Object>();
        values.forEach(visited::put);
        assertThat(visited).containsExactlyEntriesOf(values);
    }

    @Test
    void doesNotChangeOnceHandedOut() {
        var metadata = new Metadata().with("a", 1);
        var values = metadata.values();

        metadata.with("a", 2).with("b", 3);

        assertThat(values).isEqualTo(Map.of("a", 1.0));
        assertThatThrownBy(() -> values.put("a", 2.0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> values.entrySet().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> values.entrySet().iterator().next().setValue(2.0))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void staysEmptyWhereNobodyReadsIt() {
        var ignored =
                Metadata.IGNORED.with("a", 1).with("b", true).with("c", "d").put("e", null);

        ignored.withAll(Map.of("f", 1.0));

        assertThat(ignored).isSameAs(Metadata.IGNORED);
        assertThat(ignored.values()).isEmpty();
    }

    @Test
    void copiesOnlyWhatCouldStillChange() {
        var changing = new LinkedHashMap<String, @Nullable Object>(Map.of("a", 1.0));

        var copy = Metadata.copyOf(changing);
        changing.put("a", 2.0);

        assertThat(copy).isEqualTo(Map.of("a", 1.0));
        assertThat(Metadata.copyOf(copy)).isSameAs(copy);
    }

    @Test
    void sharesItsNamesWithAllThatPutTheSame() {
        var names = names(new Metadata().with("first", 1).with("second", 2));

        assertThat(names(new Metadata().with("first", 3).put("second", null))).isSameAs(names);
        assertThat(names(new Metadata().with("first", 1).with("second", 2).with("first", 3)))
                .isSameAs(names);
        assertThat(names(new Metadata().with("second", 1).with("first", 2))).isNotSameAs(names);
        assertThat(names(new Metadata().with("first", 1).with("other", 2).with("second", 3)))
                .isNotSameAs(names);
    }

    @Test
    void doesNotKeepNamesThatOthersChose() {
        var copy = Metadata.copyOf(Map.of("chosen by others", 1.0));

        assertThat(names(Metadata.copyOf(Map.of("chosen by others", 1.0)))).isNotSameAs(names(copy));
    }

    private static MetadataNames names(Metadata metadata) {
        return names(metadata.values());
    }

    private static MetadataNames names(Map<String, @Nullable Object> values) {
        return ((MetadataValues) values).names();
    }
}
