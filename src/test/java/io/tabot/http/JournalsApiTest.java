package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.cli.CommandRun;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The voters over HTTP, where nothing is lost: who may promote, and what is refused. */
class JournalsApiTest {
    private static final String JOURNALS = "/api/v1/config/journals";
    private static final String PROMOTE = JOURNALS + "/promote";
    private static final String NEEDLESS =
            "{'voters': ['embedded'], 'reason': 'why', 'changed_by': 'me', 'confirm': 'test'}";

    @RegisterExtension
    static final ServedApi guarded = new ServedApi(
            folder -> RunningApi.start(folder, RunningApi.settings().with(Holders.access())));

    @RegisterExtension
    static final ServedApi open = new ServedApi(RunningApi::start);

    private static final Client client = guarded.client();

    @Test
    void tellsWhoVotesAndHowTheyAre() {
        var reply = client.get(JOURNALS, Holders.VIEWER.headers());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/data/voters/0/voter").asText()).isEqualTo("embedded");
        assertThat(reply.at("/data/voters/0/state").asText()).isEqualTo("level");
        assertThat(reply.at("/data/term").asText()).startsWith("0.");
        assertThat(reply.at("/data/promotion").isNull()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Holders.class,
            names = {"VIEWER", "PROPOSER", "OPERATOR", "AGENT"})
    void nobodyButAnAdminPromotes(Holders holder) {
        var reply = client.post(PROMOTE, NEEDLESS, holder.headers());

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.at("/error/code").asText()).isEqualTo("FORBIDDEN");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    {'voters': ['embedded'], 'reason': 'why', 'confirm': 'test'}     | voters  | nothing to promote
                    {'voters': ['mysql'], 'reason': 'why', 'confirm': 'test'}        | voters  | is called mysql
                    {'voters': [], 'reason': 'why', 'confirm': 'test'}               | voters  | at least one journal
                    {'voters': 'embedded', 'reason': 'why', 'confirm': 'test'}       | voters  | a list
                    {'voters': [1], 'reason': 'why', 'confirm': 'test'}              | voters  | a list of strings
                    {'voters': ['embedded'], 'confirm': 'test'}                      | reason  | is required
                    {'voters': ['embedded'], 'reason': ' ', 'confirm': 'test'}       | reason  | must be one line
                    {'voters': ['embedded'], 'reason': 'why'}                        | confirm | is required
                    {'voters': ['embedded'], 'reason': 'why', 'confirm': 'other'}    | confirm | name of the environment
                    """)
    void refusesWhatIsNotMeant(String body, String field, String message) {
        var reply = client.post(PROMOTE, body, Holders.ADMIN.headers());

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/error/field").asText()).isEqualTo(field);
        assertThat(reply.at("/error/message").asText()).contains(message);
    }

    @Test
    void theCommandTellsWhyItWasRefused() {
        var run = promote("--voters", "embedded", "--reason", "why", "--yes", "test");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("nothing to promote");
    }

    @Test
    void theCommandNeedsAReason() {
        assertThat(promote("--voters", "embedded").exitCode()).isEqualTo(2);
    }

    private static CommandRun promote(String... options) {
        var start = new String[] {"journals", "promote", "--url", open.running().address()};
        return CommandRun.of(
                Stream.concat(Arrays.stream(start), Arrays.stream(options)).toArray());
    }
}
