package io.tabot.access;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens in force: those of a file, which may change while the service runs, and those of a setting. A file that
 * can't be used changes nothing: the tokens read before stay in force, and {@link #trouble()} tells.
 */
public final class TokenStore {
    private static final Logger LOG = LoggerFactory.getLogger(TokenStore.class);
    private static final long FILE_BYTES_MAX = 1024 * 1024;

    /** @param trouble why the file as it is now is not what is in force */
    private record Read(
            Tokens tokens, @Nullable String text, @Nullable String trouble) {}

    private final @Nullable Path file;
    private final Tokens fixed;
    private volatile Read read;

    /**
     * @param fixed those that never change
     * @throws BadTokens if the file can't be used, or there is no token at all
     */
    public TokenStore(@Nullable Path file, Tokens fixed) {
        this.file = file;
        this.fixed = fixed;
        var text = file == null ? "" : text(file);
        this.read = new Read(all(text), text, null);
    }

    /** Looks at the file again. Cheap when it is the same; to be called every few seconds, by one thread at a time. */
    public void reload() {
        if (file == null) {
            return;
        }
        var before = read;
        try {
            var text = text(file);
            if (!text.equals(before.text()) || before.trouble() != null) {
                read = new Read(all(text), text, null);
                LOG.info(
                        "{}: {} tokens are in force",
                        file,
                        read.tokens().entries().size());
            }
        } catch (BadTokens e) {
            if (!String.valueOf(e.getMessage()).equals(before.trouble())) {
                LOG.error("{}; the tokens that were read before stay in force", e.getMessage());
            }
            read = new Read(before.tokens(), before.text(), e.getMessage());
        }
    }

    public Tokens current() {
        return read.tokens();
    }

    /** What is wrong with the file, if anything is. Without secrets. */
    public Optional<String> trouble() {
        return Optional.ofNullable(read.trouble());
    }

    /** A file that is empty for a moment, while it is written, must not lock everybody out, nor let everybody in. */
    private Tokens all(String text) {
        try {
            var all = Tokens.parse(text).and(fixed);
            if (all.isEmpty()) {
                throw new BadTokens("no token is there; bin/ta-bot token create makes one");
            }
            return all;
        } catch (BadTokens e) {
            throw file == null ? e : new BadTokens(file + ": " + e.getMessage());
        }
    }

    private static String text(Path file) {
        try {
            refuseWhatOthersCanWrite(file);
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new BadTokens(file + ": a file of tokens has at most " + FILE_BYTES_MAX + " bytes");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new BadTokens(file + ": there is no such file; bin/ta-bot token create makes it");
        } catch (CharacterCodingException e) {
            throw new BadTokens(file + ": this is no text");
        } catch (IOException e) {
            throw new BadTokens(file + ": can't be read: " + e.getClass().getSimpleName());
        }
    }

    /** Reading hashes helps nobody. Writing there is as good as having a token. */
    private static void refuseWhatOthersCanWrite(Path file) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        var others = Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
        if (view != null && view.readAttributes().permissions().stream().anyMatch(others::contains)) {
            throw new BadTokens(file + ": others can write this file; chmod 600 it");
        }
    }
}
