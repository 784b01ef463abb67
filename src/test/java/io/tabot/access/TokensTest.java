package io.tabot.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tabot.access.Authenticator.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a list of tokens may say, and whom it lets in. */
class TokensTest {
    private static final String TOKEN = token(1);
    private static final String HASH = "a".repeat(64);

    static String token(int seed) {
        var bytes = new byte[AccessToken.RANDOM_BYTES];
        Arrays.fill(bytes, (byte) seed);
        return AccessToken.of(bytes);
    }

    @Test
    void findsATokenByItsHashAlone() {
        var entry = TokenEntry.of(TOKEN, "ops-7", Role.OPERATOR, false, Set.of());
        var tokens = Tokens.parse("# people\n\n" + entry.line() + " # until May\n");

        assertThat(entry.line()).doesNotContain(TOKEN).startsWith("ops-7 operator sha256:");
        assertThat(tokens.find(TOKEN)).contains(entry);
        assertThat(tokens.find(token(2))).isEmpty();
        assertThat(tokens.find(entry.hash())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "tab_", "tab_secret", "admin"})
    void takesNoTextThatAPersonThoughtUpEvenIfItsHashIsListed(String weak) {
        var entry = TokenEntry.of(weak, "ops-7", Role.ADMIN, false, Set.of());

        assertThat(new Tokens(List.of(entry)).find(weak)).isEmpty();
    }

    @Test
    void readsWhatItWrites() {
        var entries = List.of(
                TokenEntry.of(TOKEN, "petrosa-cio", Role.OPERATOR, true, Set.of("staging", "production")),
                TokenEntry.of(token(2), "grafana", Role.VIEWER, false, Set.of()));
        var text = String.join("\n", entries.stream().map(TokenEntry::line).toList());

        assertThat(Tokens.parse(text).entries()).isEqualTo(entries);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ops-7",
                "ops-7 operator",
                "ops-7 king sha256:HASH",
                "ops-7 OPERATOR sha256:HASH",
                "ops-7 operator HASH",
                "ops-7 operator sha256:abc",
                "ops-7 operator md5:HASH",
                "Ops operator sha256:HASH",
                "0ps operator sha256:HASH",
                "ops:7 operator sha256:HASH",
                "ops-7 operator sha256:HASH robot",
                "ops-7 operator sha256:HASH environment=Prod",
                "ops-7 operator sha256:HASH environment=",
                "ops-7 operator TOKEN"
            })
    void refusesWhatIsNoEntryWithoutQuotingIt(String line) {
        var text = line.replace("HASH", HASH).replace("TOKEN", TOKEN);

        assertThatThrownBy(() -> Tokens.parse("\n" + text))
                .isInstanceOf(BadTokens.class)
                .hasMessageStartingWith("line 2: ")
                .message()
                .doesNotContain(HASH, TOKEN);
    }

    @Test
    void refusesANameOrATokenThatIsThereTwice() {
        var one = TokenEntry.of(TOKEN, "a", Role.VIEWER, false, Set.of()).line();
        var sameName =
                TokenEntry.of(token(2), "a", Role.VIEWER, false, Set.of()).line();
        var sameToken = TokenEntry.of(TOKEN, "b", Role.ADMIN, false, Set.of()).line();

        assertThatThrownBy(() -> Tokens.parse(one + "\n" + sameName)).hasMessage("two tokens are named a");
        assertThatThrownBy(() -> Tokens.parse(one + "\n" + sameToken))
                .hasMessage("the token of b has another name, too");
    }

    @Test
    void refusesMoreTokensThanARequestCanBeComparedWith() {
        var many = IntStream.range(0, 1_001)
                .mapToObj(index -> new TokenEntry("t" + index, Role.VIEWER, "%064x".formatted(index), false, Set.of()))
                .toList();

        assertThatThrownBy(() -> new Tokens(many)).hasMessageContaining("at most 1000");
    }

    @ParameterizedTest
    @EnumSource
    void eachRoleMayDoWhatTheOnesBeforeItMay(Role role) {
        for (var weaker : Role.values()) {
            if (weaker.compareTo(role) < 0) {
                assertThat(Deed.values()).allMatch(deed -> role.may(deed) || !weaker.may(deed));
            }
        }
    }

    @Test
    void aProposerMayRehearseAViewerReadAndAnOperatorChange() {
        assertThat(Deed.values()).filteredOn(Role.VIEWER::may).containsExactly(Deed.READ);
        assertThat(Deed.values()).filteredOn(Role.PROPOSER::may).containsExactly(Deed.READ, Deed.REHEARSE);
        assertThat(Deed.values()).allMatch(Role.ADMIN::may);
        assertThat(Deed.values()).filteredOn(Role.OPERATOR::may).containsExactly(Deed.READ, Deed.REHEARSE, Deed.CHANGE);
    }

    @Test
    void tellsWhoItIs() {
        var tokens = new Tokens(List.of(
                TokenEntry.of(TOKEN, "here", Role.VIEWER, false, Set.of("production")),
                TokenEntry.of(token(2), "there", Role.ADMIN, false, Set.of("staging"))));
        var authenticator = new Authenticator(() -> tokens, "production");

        assertThat(authenticator.judge(List.of(TOKEN)))
                .isEqualTo(new Verdict.Known(new Caller("here", Role.VIEWER, false)));
        assertThat(authenticator.judge(List.of(TOKEN, TOKEN))).isInstanceOf(Verdict.Known.class);
        assertThat(authenticator.judge(List.of(TOKEN, token(2)))).isEqualTo(new Verdict.Unknown());
        assertThat(authenticator.judge(List.of(token(2)))).isEqualTo(new Verdict.Elsewhere());
        assertThat(authenticator.judge(List.of(token(3)))).isEqualTo(new Verdict.Unknown());
        assertThat(authenticator.judge(List.of(""))).isEqualTo(new Verdict.Unknown());
        assertThat(authenticator.judge(List.of())).isEqualTo(new Verdict.Missing());
    }
}
