package io.tabot.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines of the log as programs read them. */
class JsonLogEncoderTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final LoggerContext context = context();

    @Test
    void writesOneObjectALineWhateverIsInIt() {
        var log = logger(LogFormat.JSON);
        log.info("one {}", "line\nbreak \"quoted\" \u2028 \u0000 {}");
        log.warn("two");

        var lines = lines();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().path("message").asText()).isEqualTo("one line\nbreak \"quoted\" \u2028 \u0000 {}");
        assertThat(lines.getFirst().path("level").asText()).isEqualTo("INFO");
        assertThat(lines.getFirst().path("logger").asText()).isEqualTo("io.tabot.some");
        assertThat(lines.getFirst().path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    }

    @Test
    void keepsTheTypesOfWhatALineIsAbout() {
        logger(LogFormat.JSON)
                .atInfo()
                .addKeyValue("revision", 42L)
                .addKeyValue("intent_id", "abc")
                .addKeyValue("share", 0.5)
                .addKeyValue("odd", Double.NaN)
                .addKeyValue("flag", true)
                .addKeyValue("none", (Object) null)
                .log("about");

        var line = lines().getFirst();
        assertThat(line.path("revision").isIntegralNumber()).isTrue();
        assertThat(line.path("revision").asLong()).isEqualTo(42);
        assertThat(line.path("intent_id").asText()).isEqualTo("abc");
        assertThat(line.path("share").asDouble()).isEqualTo(0.5);
        assertThat(line.path("odd").asText()).isEqualTo("NaN");
        assertThat(line.path("flag").isBoolean()).isTrue();
        assertThat(line.path("none").isNull()).isTrue();
    }

    @Test
    void letsNoLineForgeWhatTheLogItselfSays() {
        logger(LogFormat.JSON)
                .atInfo()
                .addKeyValue("level", "ERROR")
                .addKeyValue("revision", 1)
                .addKeyValue("revision", 2)
                .log("about");

        assertThat(output.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("\"level\"")
                .containsOnlyOnce("revision");
        assertThat(lines().getFirst().path("level").asText()).isEqualTo("INFO");
        assertThat(lines().getFirst().path("revision").asInt()).isEqualTo(1);
    }

    @Test
    void tellsAnErrorWithItsTrace() {
        logger(LogFormat.JSON).error("failed", new IllegalStateException("why", new IOException("because")));

        var line = lines().getFirst();
        assertThat(line.path("error").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(line.path("error_message").asText()).isEqualTo("why");
        assertThat(line.path("trace").asText()).contains("because", "JsonLogEncoderTest");
    }

    @Test
    void leavesTextAsItIs() {
        logger(LogFormat.TEXT).atInfo().addKeyValue("revision", 42).log("for people");

        assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("INFO for people\n");
    }

    private static LoggerContext context() {
        var context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        return context;
    }

    private Logger logger(LogFormat format) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%level %msg%n");
        encoder.start();
        var appender = new OutputStreamAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(output);
        appender.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
        format.applyTo(context);
        var logger = context.getLogger("io.tabot.some");
        logger.setLevel(Level.INFO);
        return logger;
    }

    private List<JsonNode> lines() {
        return output.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> {
                    try {
                        return JSON.readTree(line);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }
}
