package io.tabot.cli;

import io.tabot.access.BadTokens;
import io.tabot.access.TokenEntry;
import io.tabot.access.Tokens;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The file of tokens as the command line writes it: nobody but its owner may read or write it, and a reader sees it
 * before or after, never half. The new file is the lock, too.
 */
final class TokenFile {
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private TokenFile() {}

    /** @throws BadTokens if the file is no list of tokens, or has one of that name */
    static void add(Path file, TokenEntry entry) throws IOException {
        var target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
        var made = target.resolveSibling(target.getFileName() + ".new");
        try (var channel = FileChannel.open(made, NEW, ownerOnly(target))) {
            try {
                channel.write(StandardCharsets.UTF_8.encode(with(target, entry)));
                channel.force(true);
                Files.move(made, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(made);
            }
        } catch (FileAlreadyExistsException e) {
            throw new UserError(made + " is there: another token is being made, or that was cut off; then delete it");
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": there is no such folder");
        }
    }

    private static String with(Path file, TokenEntry entry) throws IOException {
        var before = Files.exists(file) ? Files.readString(file) : "";
        var separator = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
        var after = before + separator + entry.line() + "\n";
        try {
            Tokens.parse(after);
        } catch (BadTokens e) {
            throw new BadTokens(file + ": " + e.getMessage());
        }
        return after;
    }

    /** From the first moment on: there is no time at which others could open it. */
    private static FileAttribute<?>[] ownerOnly(Path file) {
        var isPosix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
