package io.tabot.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tabot.ops.LogLevels.Change;
import io.tabot.ops.LogLevels.LoggerLevel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogLevelsTest {
    private static final String NATS = "io.tabot.nats";
    private static final Instant START = Instant.parse("2026-02-03T04:05:06Z");

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private Instant now = START;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final LogLevels levels = new LogLevels(context, clock);

    @BeforeEach
    void quiet() {
        context.getLogger(LogLevels.ROOT).setLevel(Level.INFO);
        context.getLogger(LogLevels.ROOT).addAppender(lines);
        lines.start();
        var _ = context.getLogger(NATS + ".NatsConnection");
    }

    @Test
    void aLevelIsInForceAtOnceForAllThatInherit() {
        assertThat(context.getLogger(NATS + ".NatsConnection").isDebugEnabled()).isFalse();

        var level = levels.set(change(NATS, "DEBUG", null));

        assertThat(level).isEqualTo(new LoggerLevel(NATS, "DEBUG", "DEBUG", null));
        assertThat(context.getLogger(NATS + ".NatsConnection").isDebugEnabled()).isTrue();
        assertThat(levels.find(NATS + ".NatsConnection"))
                .contains(new LoggerLevel(NATS + ".NatsConnection", null, "DEBUG", null));
        assertThat(levels.set(change(NATS, null, null))).isEqualTo(new LoggerLevel(NATS, null, "INFO", null));
    }

    @Test
    void whatWasLentGoesBackToWhatWasThereBeforeTheFirstLoan() {
        levels.set(change(NATS, "WARN", null));
        levels.set(change(NATS, "DEBUG", Duration.ofMinutes(10)));
        now = START.plusSeconds(60);
        var again = levels.set(change(NATS, "TRACE", Duration.ofMinutes(10)));
        assertThat(again).isEqualTo(new LoggerLevel(NATS, "TRACE", "TRACE", START.plusSeconds(660)));

        now = START.plusSeconds(659);
        levels.expire();
        assertThat(levels.find(NATS)).contains(again);
        now = START.plusSeconds(660);
        levels.expire();
        assertThat(levels.find(NATS)).contains(new LoggerLevel(NATS, "WARN", "WARN", null));
        assertThat(lines.list.getLast().getFormattedMessage()).isEqualTo("the level of io.tabot.nats is WARN again");
    }

    @Test
    void aLevelThatIsSetForGoodEndsTheLoan() {
        levels.set(change(NATS, "DEBUG", Duration.ofMinutes(10)));
        levels.set(change(NATS, "ERROR", null));
        now = START.plus(Duration.ofDays(1));
        levels.expire();

        assertThat(levels.find(NATS)).contains(new LoggerLevel(NATS, "ERROR", "ERROR", null));
    }

    @Test
    void eachChangeIsLoggedWithItsAuthorEvenWhereAllElseIsSilent() {
        levels.set(change(LogLevels.ROOT, "OFF", null));
        levels.set(change(NATS, "TRACE", Duration.ofMinutes(1)));

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "the level of ROOT is OFF from now on, set by ops-7: candles come late",
                        "the level of io.tabot.nats is TRACE until 2026-02-03T04:06:06Z, set by ops-7:"
                                + " candles come late");
    }

    @Test
    void namesEveryLoggerButNoneThatDoesNotExist() {
        assertThat(levels.all())
                .extracting(LoggerLevel::name)
                .contains(LogLevels.ROOT, "io", "io.tabot", NATS, NATS + ".NatsConnection");
        assertThat(levels.find("io.tabot.gone")).isEmpty();
        assertThat(levels.all()).extracting(LoggerLevel::name).doesNotContain("io.tabot.gone");
        assertThat(List.of("OFF", "TRACE")).isSubsetOf(LogLevels.LEVELS);
    }

    private static Change change(String logger, @Nullable String level, @Nullable Duration lasting) {
        return new Change(logger, level, lasting, "ops-7", "candles come late");
    }
}
