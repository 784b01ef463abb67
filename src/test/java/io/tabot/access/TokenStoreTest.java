package io.tabot.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of tokens that changes while the service runs. */
class TokenStoreTest {
    private static final TokenEntry FIRST = entry(1, "first");
    private static final TokenEntry SECOND = entry(2, "second");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("tokens");
        write(FIRST.line());
    }

    @Test
    void takesAChangedFileWithoutARestart() throws IOException {
        var store = new TokenStore(file, Tokens.NONE);

        write(SECOND.line());
        store.reload();

        assertThat(store.current().entries()).containsExactly(SECOND);
        assertThat(store.trouble()).isEmpty();
    }

    /** Each version of a Secret is a folder of its own, and the file a link through a link that is exchanged. */
    @Test
    void takesASecretThatKubernetesHasExchanged() throws IOException {
        var mount = Files.createDirectory(folder.resolve("mount"));
        publish(mount, "..1", FIRST.line());
        var link = Files.createSymbolicLink(mount.resolve("tokens"), Path.of("..data", "tokens"));
        var store = new TokenStore(link, Tokens.NONE);

        publish(mount, "..2", SECOND.line());
        store.reload();

        assertThat(store.current().entries()).containsExactly(SECOND);
        assertThat(store.trouble()).isEmpty();
    }

    private static void publish(Path mount, String version, String text) throws IOException {
        var content = Files.createDirectory(mount.resolve(version)).resolve("tokens");
        Files.writeString(content, text);
        Files.setPosixFilePermissions(content, PosixFilePermissions.fromString("r--r-----"));
        var link = Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of(version));
        Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing", "first operator", "\u0000"})
    void keepsTheTokensThatItHasWhenTheFileIsBrokenAndSaysSo(String broken) throws IOException {
        var store = new TokenStore(file, Tokens.NONE);

        write(broken);
        store.reload();

        assertThat(store.current().entries()).containsExactly(FIRST);
        assertThat(store.trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble).startsWith(file + ": "));
    }

    @Test
    void keepsTheTokensThatItHasWhenTheFileIsGoneAndRecoversWhenItIsBack() throws IOException {
        var store = new TokenStore(file, Tokens.NONE);

        Files.delete(file);
        store.reload();
        assertThat(store.trouble()).isPresent();
        assertThat(store.current().entries()).containsExactly(FIRST);

        write(FIRST.line());
        store.reload();
        assertThat(store.trouble()).isEmpty();
    }

    @Test
    void takesNoFileThatOthersCanWrite() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));

        assertThatThrownBy(() -> new TokenStore(file, Tokens.NONE))
                .isInstanceOf(BadTokens.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void startsOnNoTokenLess() throws IOException {
        write("");

        assertThatThrownBy(() -> new TokenStore(file, Tokens.NONE)).hasMessageContaining("no token is there");
        assertThatThrownBy(() -> new TokenStore(folder.resolve("gone"), Tokens.NONE))
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> new TokenStore(folder, Tokens.NONE)).isInstanceOf(BadTokens.class);
        assertThat(new TokenStore(file, new Tokens(List.of(FIRST))).current().entries())
                .containsExactly(FIRST);
    }

    @Test
    void refusesANameThatTheSettingHasAlready() {
        assertThatThrownBy(() -> new TokenStore(file, new Tokens(List.of(entry(3, "first")))))
                .hasMessageContaining("two tokens are named first");
    }

    @Test
    void withoutAFileTheTokensOfTheSettingStay() {
        var store = new TokenStore(null, new Tokens(List.of(SECOND)));

        store.reload();

        assertThat(store.current().entries()).containsExactly(SECOND);
    }

    private void write(String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    private static TokenEntry entry(int seed, String name) {
        return TokenEntry.of(TokensTest.token(seed), name, Role.OPERATOR, false, Set.of());
    }
}
