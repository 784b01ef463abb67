package io.tabot.config;

import static io.tabot.config.ConfigSamples.accept;
import static io.tabot.config.ConfigSamples.application;
import static io.tabot.config.ConfigSamples.initialized;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HashChainTest {
    private final ConfigState first = initialized();
    private final ConfigEvent second =
            accept(first, application("max_positions", 7)).event();
    private final ConfigEvent third =
            accept(first.apply(second), application("max_positions", 8)).event();

    @Test
    void linksEachEventToTheOneBefore() {
        assertThat(second.previousHash()).isEqualTo(first.headHash());
        assertThat(third.previousHash()).isEqualTo(second.hash());
        assertThat(second.hash()).matches("[0-9a-f]{64}").isEqualTo(HashChain.hash(second));
    }

    @Test
    void beginsWithZeros() {
        var event = accept(
                        ConfigState.empty("staging"),
                        ConfigSamples.parameters("quiet_market", null, java.util.Map.of("enabled", false)))
                .event();

        assertThat(event.previousHash()).isEqualTo("0".repeat(64));
    }

    @Test
    void namesAMissingEvent() {
        assertThat(HashChain.verify(1, first.headHash(), third))
                .map(HashChain.Break::message)
                .hasValueSatisfying(message -> assertThat(message).contains("revision 3 follows revision 1"));
    }

    @Test
    void namesAnEventOfAnotherHistory() {
        var other = accept(first, application("max_positions", 9)).event();

        assertThat(HashChain.verify(2, other.hash(), third))
                .map(HashChain.Break::revision)
                .contains(3L);
    }

    @Test
    void namesAnEventWhoseContentWasRewrittenWithItsHash() {
        var rewritten = new ConfigEvent(
                2,
                second.at(),
                "nobody",
                null,
                second.through(),
                null,
                null,
                second.changes(),
                null,
                first.headHash(),
                "");
        var resealed = rewritten.withHash(HashChain.hash(rewritten));

        // The rewritten event is sound by itself: its successor gives it away.
        assertThat(HashChain.verify(1, first.headHash(), resealed)).isEmpty();
        assertThat(HashChain.verify(2, resealed.hash(), third))
                .map(HashChain.Break::revision)
                .contains(3L);
    }

    @Test
    void isSoundWithoutEvents() {
        assertThat(HashChain.verify(List.of())).isEmpty();
    }
}
