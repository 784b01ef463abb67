package io.tabot.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last state that this node has seen, kept in its data folder for the day when nothing else answers. A help, never
 * a vote: a file that can't be read or written is logged and done without.
 */
public final class LastStateFile {
    private static final Logger LOG = LoggerFactory.getLogger(LastStateFile.class);

    private static final String GENERATION = "generation";

    /** A state, the generation that it is of, and when it was written. */
    record Saved(ConfigState state, long generation, Instant at) {}

    private final Path file;

    public LastStateFile(Path folder, String environment) {
        this.file = folder.resolve("last-state-" + environment + ".json");
    }

    Optional<Saved> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>(JsonText.readObject(Files.readString(file)));
            // Absent in files of before there were promotions.
            var generation = fields.remove(GENERATION) instanceof Number number ? number.longValue() : 0;
            var state = ConfigStateJson.read(fields);
            return Optional.of(
                    new Saved(state, generation, Files.getLastModifiedTime(file).toInstant()));
        } catch (IOException | ConfigFormatException e) {
            LOG.warn("the last state in {} can't be read: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    /** Replaces the file as a whole: whoever reads it sees the old state or the new one. */
    void write(ConfigState state, long generation) {
        var temporary = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (var channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(text(state, generation).getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("the last state can't be written to {}: {}", file, e.toString());
        }
    }

    private static String text(ConfigState state, long generation) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(ConfigStateJson.object(state));
        fields.put(GENERATION, generation);
        return JsonText.write(fields);
    }
}
