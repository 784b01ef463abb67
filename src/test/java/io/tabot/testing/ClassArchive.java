package io.tabot.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * What the JVM finds out about the classes of the service's jar, kept from one start for all others: without it they
 * cost twice as much. Made once for each jar, by a service that is started for nothing else, and kept beside it.
 */
final class ClassArchive {
    private ClassArchive() {}

    /** Options by which a JVM uses it; none if this JDK makes no such archives. Threads take turns. */
    static synchronized List<String> options(Path jar) {
        var archive = made(jar);
        return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
    }

    private static Path made(Path jar) {
        var lock = jar.resolveSibling("class-archive.lock");
        try (var file = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = file.lock()) {
            var archive = jar.resolveSibling(
                    jar.getFileName() + "-" + Files.getLastModifiedTime(jar).toMillis() + ".jsa");
            if (!Files.exists(archive)) {
                make(archive);
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(Path archive) throws IOException {
        var home = ServerProcess.newFolder("ta-bot-classes-");
        var part = archive.resolveSibling(archive.getFileName() + ".part");
        var options = List.of("-XX:ArchiveClassesAtExit=" + part);
        try (var service = ServiceProcess.launched(home, Map.of(), List.of("run"), options)) {
            service.awaitReady();
            service.terminate();
        } finally {
            ServerProcess.delete(home);
        }
        if (Files.exists(part)) {
            Files.move(part, archive);
        }
    }
}
