package io.tabot;

import io.tabot.ops.LogFormat;
import io.tabot.trace.TracingSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * What is told of this process to those who watch it.
 *
 * @param verdictSubject where on NATS the verdict on its health goes
 * @param verdictInterval how often; zero for never
 * @param tracing nothing where no collector is named: then nothing is traced
 */
public record ObserveSettings(
        LogFormat logFormat, String verdictSubject, Duration verdictInterval, Optional<TracingSettings> tracing) {
    public ObserveSettings {
        SettingsException.unless(
                !verdictInterval.isNegative(),
                "health.verdict-interval",
                verdictInterval,
                "a duration, or 0 for never");
        SettingsException.unless(
                verdictSubject.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*"),
                "health.verdict-subject",
                verdictSubject,
                "a subject without wildcards, e.g. evaluator.bot-ta-analysis.verdict");
    }
}
