package io.tabot.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A disk of a few megabytes in memory that can be filled to the last byte. Only root may have one. */
public final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 4 * 1024;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Whether this process may make one. */
    public static boolean isPossible() {
        return System.getProperty("user.name").equals("root") && Files.isExecutable(Path.of("/usr/bin/mount"));
    }

    /** @param folder that exists and is empty */
    public static SmallDisk at(Path folder, int megabytes) {
        ServerProcess.run(List.of("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString()));
        return new SmallDisk(folder);
    }

    public Path folder() {
        return folder;
    }

    /** Takes what is left. */
    public void fill() {
        var block = new byte[BLOCK];
        Arrays.fill(block, (byte) 1);
        try (var out = Files.newOutputStream(ballast())) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (space() >= BLOCK) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Gives it back. */
    public void free() {
        try {
            Files.delete(ballast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        // Lazily: who still has a file open on it may end later.
        ServerProcess.run(List.of("umount", "-l", folder.toString()));
    }

    private long space() {
        return folder.toFile().getUsableSpace();
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }
}
