package io.tabot.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much this process logs, by logger, while it runs. A level may be lent for some time; then the one before comes
 * back. Every change is logged with its author, by a logger that no change of another silences.
 */
public final class LogLevels {
    /** From silent to loud. */
    public static final List<String> LEVELS = List.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE");

    /** The logger that all others inherit from. */
    public static final String ROOT = org.slf4j.Logger.ROOT_LOGGER_NAME;

    /** The logger that tells of changes, whose level can't be one of them. */
    public static final String RECORD = LogLevels.class.getName();

    /**
     * One logger.
     *
     * @param configuredLevel null where it inherits
     * @param until when the level before comes back; null for one that stays
     */
    public record LoggerLevel(
            String name,
            @Nullable String configuredLevel,
            String effectiveLevel,
            @Nullable Instant until) {}

    /**
     * What is wanted.
     *
     * @param logger an existing one, not {@link #RECORD}
     * @param level one of {@link #LEVELS}; null to inherit, which {@link #ROOT} can't
     * @param lasting null for good: until the next change, or the end of the process
     */
    public record Change(
            String logger,
            @Nullable String level,
            @Nullable Duration lasting,
            String by,
            @Nullable String reason) {}

    private record Lent(@Nullable Level before, Instant until) {}

    private final LoggerContext context;
    private final Clock clock;
    private final Logger log;
    private final Map<String, Lent> lent = new HashMap<>();

    public LogLevels(LoggerContext context, Clock clock) {
        this.context = context;
        this.clock = clock;
        this.log = context.getLogger(RECORD);
        log.setLevel(Level.INFO);
    }

    /** Every logger that was asked for so far, and those above them. */
    public synchronized List<LoggerLevel> all() {
        return context.getLoggerList().stream().map(this::level).toList();
    }

    /** A logger that nobody has asked for yet does not exist; the package above it may. */
    public synchronized Optional<LoggerLevel> find(String name) {
        return Optional.ofNullable(context.exists(name)).map(this::level);
    }

    public synchronized LoggerLevel set(Change change) {
        var logger = context.getLogger(change.logger());
        var earlier = lent.remove(change.logger());
        var before = earlier == null ? logger.getLevel() : earlier.before();
        var lasting = change.lasting();
        if (lasting != null) {
            lent.put(change.logger(), new Lent(before, clock.instant().plus(lasting)));
        }
        logger.setLevel(change.level() == null ? null : Level.toLevel(change.level()));
        var level = level(logger);
        log.info(
                "the level of {} is {} {}, set by {}: {}",
                level.name(),
                text(logger.getLevel()),
                level.until() == null ? "from now on" : "until " + level.until(),
                change.by(),
                change.reason() == null ? "no reason given" : change.reason());
        return level;
    }

    /** Brings back what was there before a level that was lent until now; to be called every few seconds. */
    public synchronized void expire() {
        var now = clock.instant();
        lent.entrySet().removeIf(entry -> {
            var isOver = !entry.getValue().until().isAfter(now);
            if (isOver) {
                var before = entry.getValue().before();
                context.getLogger(entry.getKey()).setLevel(before);
                log.info("the level of {} is {} again", entry.getKey(), text(before));
            }
            return isOver;
        });
    }

    private LoggerLevel level(Logger logger) {
        var own = logger.getLevel();
        var until = lent.get(logger.getName());
        return new LoggerLevel(
                logger.getName(),
                own == null ? null : own.levelStr,
                logger.getEffectiveLevel().levelStr,
                until == null ? null : until.until());
    }

    private static String text(@Nullable Level level) {
        return level == null ? "inherited" : level.levelStr;
    }
}
