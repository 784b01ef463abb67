package io.tabot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.access.Role;
import io.tabot.access.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Making access tokens. */
class TokenCommandTest {
    @TempDir
    private Path folder;

    @Test
    void saysTheTokenOnceAndKeepsItsHashWhereOnlyTheOwnerReads() throws IOException {
        var file = folder.resolve("tokens");

        var made = create("ops-7", "operator", "--file", file, "--environment", "production");

        assertThat(made.exitCode()).as(made.err()).isZero();
        assertThat(made.out()).matches("tab_[A-Za-z0-9_-]{43}\n");
        assertThat(made.err()).doesNotContain(made.out().strip()).hasLineCount(1);
        assertThat(Files.readString(file)).doesNotContain(made.out().strip());
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
        assertThat(Tokens.parse(Files.readString(file)).find(made.out().strip()))
                .hasValueSatisfying(entry -> {
                    assertThat(entry.name()).isEqualTo("ops-7");
                    assertThat(entry.role()).isEqualTo(Role.OPERATOR);
                    assertThat(entry.isAgent()).isFalse();
                    assertThat(entry.environments()).containsExactly("production");
                });
    }

    @Test
    void addsToWhatIsThereAndMakesAnotherTokenEachTime() throws IOException {
        var file = Files.writeString(folder.resolve("tokens"), "# people");
        var tokens = new HashSet<String>();
        for (var number = 0; number < 5; number++) {
            tokens.add(create("agent-" + number, "proposer", "--agent", "--file", file)
                    .out());
        }

        assertThat(tokens).hasSize(5);
        assertThat(Files.readString(file)).startsWith("# people\nagent-0 proposer sha256:");
        assertThat(Tokens.parse(Files.readString(file)).entries()).hasSize(5).allMatch(entry -> entry.isAgent());
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void takesTheFileOfTheSettings() {
        var file = folder.resolve("tokens");

        var made = Cli.run(
                Map.of("TABOT_HTTP_TOKENS_FILE", file.toString()),
                "token",
                "create",
                "--name",
                "a",
                "--role",
                "viewer");

        assertThat(made.exitCode()).as(made.err()).isZero();
        assertThat(file).exists();
    }

    @Test
    void printsTheLineForWhoeverKeepsTheFileElsewhere() {
        var made = create("ops-7", "viewer", "--file", "-");

        assertThat(made.out()).matches("tab_[A-Za-z0-9_-]{43}\n");
        assertThat(Tokens.parse(made.err().lines().findFirst().orElseThrow())
                        .find(made.out().strip()))
                .isPresent();
    }

    @Test
    void refusesASecondTokenOfAName() throws IOException {
        var file = folder.resolve("tokens");
        create("ops-7", "operator", "--file", file);
        var before = Files.readString(file);

        var again = create("ops-7", "operator", "--file", file);

        assertThat(again).isEqualTo(new Cli(1, "", "ta-bot: " + file + ": two tokens are named ops-7\n"));
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Ops", "7ops", "ops 7", "ops:7", "ops\n", "öps", "../x"})
    void refusesANameThatTheAuditCouldNotTellFromOthers(String name) {
        var refused = create(name, "operator", "--file", folder.resolve("tokens"));

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesARoleThatThereIsNot() {
        var refused = create("ops-7", "root", "--file", folder.resolve("tokens"));

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("'root' is not one of viewer, proposer, operator, admin");
    }

    @Test
    void touchesNoFileThatIsNoListOfTokens() throws IOException {
        var file = Files.writeString(folder.resolve("passwd"), "root:x:0:0\n");

        var refused = create("ops-7", "operator", "--file", file);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).startsWith("ta-bot: " + file + ": line 1: ");
        assertThat(Files.readString(file)).isEqualTo("root:x:0:0\n");
    }

    @Test
    void saysWhatToDoWithoutAFileOrAFolder() {
        assertThat(create("a", "viewer").err()).contains("give --file FILE");
        assertThat(create("a", "viewer", "--file", folder.resolve("gone/tokens"))
                        .err())
                .contains("there is no such folder");
        assertThat(Cli.run("token").err()).contains("Which command?");
    }

    private static Cli create(String name, String role, Object... more) {
        var arguments = new Object[6 + more.length];
        System.arraycopy(new Object[] {"token", "create", "--name", name, "--role", role}, 0, arguments, 0, 6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return Cli.run(arguments);
    }
}
