package io.tabot.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The witness of a single node: a file in its data folder, replaced as a whole and written out before that counts. The
 * lock beside it is held for as long as this is open, so no other process writes it.
 */
public final class WitnessFile implements WitnessStore, AutoCloseable {
    private final Path file;
    private @Nullable FileChannel lockFile;
    private @Nullable Versioned current;
    // Never the same twice: whoever read before a failure must read again.
    private long marks;

    public WitnessFile(Path folder, String environment) {
        this.file = folder.resolve("witness-" + environment + ".json");
    }

    @Override
    public synchronized Versioned read() throws IOException {
        lock();
        if (current == null) {
            var log = Files.exists(file)
                    ? WitnessLogJson.read(Files.readAllBytes(file), file.toString())
                    : Optional.<WitnessLog>empty();
            current = new Versioned(log.orElse(WitnessLog.EMPTY), ++marks);
        }
        return current;
    }

    @Override
    public synchronized Optional<Long> replace(long mark, WitnessLog log) throws IOException {
        if (read().mark() != mark) {
            return Optional.empty();
        }
        // What is in the file is not known again before it was read.
        current = null;
        write(WitnessLogJson.write(log));
        current = new Versioned(log, ++marks);
        return Optional.of(marks);
    }

    @Override
    public synchronized void close() {
        try {
            if (lockFile != null) {
                lockFile.close();
            }
        } catch (IOException e) {
            // The lock ends with the process at the latest.
        }
        lockFile = null;
        current = null;
    }

    private void lock() throws IOException {
        if (lockFile != null) {
            return;
        }
        var channel = FileChannel.open(
                file.resolveSibling(file.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isTaken(channel)) {
            channel.close();
            throw new IOException(file + " is in use by another process");
        }
        lockFile = channel;
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void write(byte[] bytes) throws IOException {
        var temporary = file.resolveSibling(file.getFileName() + ".new");
        try (var channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
