package io.tabot.config;

import io.tabot.trace.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;

/**
 * What a {@link ConfigEntity} is made of.
 *
 * @param voters the journals by name, in order of preference; each behavior is one journal's memory
 * @param first the configuration of a first start, written only onto an empty history
 * @param writerIds a fresh id for each incarnation; one that comes twice breaks the protocol
 * @param appendTimeout after which a silent voter is away
 * @param patience how long a change may wait for the history to open
 * @param notices who is told of every change once it is acknowledged, and of the head again and again
 * @param watch who is told how the history is doing
 * @param tracer traces how long a change takes to be stored
 */
public record ConfigEntitySettings(
        String environment,
        ConfigRules rules,
        Map<String, Behavior<Voter.Command>> voters,
        Optional<ConfigCommand.Initialize> first,
        Clock clock,
        Supplier<String> writerIds,
        Duration appendTimeout,
        Duration patience,
        Duration heartbeat,
        ConfigNotices notices,
        ConfigWatch watch,
        Tracer tracer) {
    public ConfigEntitySettings {
        voters = Collections.unmodifiableMap(new LinkedHashMap<>(voters));
    }

    /** One that nobody keeps an eye on, or traces. */
    public ConfigEntitySettings(
            String environment,
            ConfigRules rules,
            Map<String, Behavior<Voter.Command>> voters,
            Optional<ConfigCommand.Initialize> first,
            Clock clock,
            Supplier<String> writerIds,
            Duration appendTimeout,
            Duration patience,
            Duration heartbeat,
            ConfigNotices notices) {
        this(
                environment,
                rules,
                voters,
                first,
                clock,
                writerIds,
                appendTimeout,
                patience,
                heartbeat,
                notices,
                ConfigWatch.NONE,
                Tracer.OFF);
    }
}
