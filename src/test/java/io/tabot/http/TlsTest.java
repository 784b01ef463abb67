package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tabot.cli.CommandRun;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API over TLS, with a certificate made for the test. */
class TlsTest {
    private static final String PASSWORD = "hunter22";

    @TempDir
    private static Path folder;

    private static Path keystore;

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException {
        keystore = folder.resolve("api.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "api",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keystore.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
    }

    @Test
    void answersOverTlsAndNotWithoutIt() throws Exception {
        var identity = TlsIdentity.read(keystore, PASSWORD.toCharArray());
        var settings = RunningApi.settings().with(identity.context()).with(Holders.access());
        try (var api = RunningApi.start(folder, settings)) {
            var encrypted = get(trusting(), "https://127.0.0.1:" + api.port() + "/api/v1/config", Holders.VIEWER);

            assertThat(encrypted).contains("\"success\":true");
            assertThatThrownBy(() ->
                            get(SSLContext.getDefault(), "http://127.0.0.1:" + api.port() + "/live", Holders.VIEWER))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() ->
                            get(SSLContext.getDefault(), "https://127.0.0.1:" + api.port() + "/live", Holders.VIEWER))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aCommandThatDoesNotTrustTheCertificateSaysSo(@TempDir Path data) throws Exception {
        var identity = TlsIdentity.read(keystore, PASSWORD.toCharArray());
        try (var api = RunningApi.start(data, RunningApi.settings().with(identity.context()))) {
            var run = CommandRun.of(
                    "config", "set", "application", "paused=true", "--url", "https://127.0.0.1:" + api.port());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .startsWith("ta-bot: no secure connection to https://127.0.0.1:" + api.port())
                    .contains("docs/operations.md")
                    .doesNotContain("may have been made")
                    .hasLineCount(1);
        }
    }

    @Test
    void refusesAKeystoreThatItCanNotUseWithoutSayingThePassword() throws IOException {
        var garbage = Files.writeString(folder.resolve("garbage.p12"), "no keystore");

        assertThatThrownBy(() -> TlsIdentity.read(keystore, "wrong".toCharArray()))
                .isInstanceOf(BadKeystore.class)
                .hasMessage(keystore + ": the password is another one");
        assertThatThrownBy(() -> TlsIdentity.read(garbage, PASSWORD.toCharArray()))
                .isInstanceOf(BadKeystore.class)
                .hasMessage(garbage + ": no PKCS12 file");
        assertThatThrownBy(() -> TlsIdentity.read(folder.resolve("gone.p12"), PASSWORD.toCharArray()))
                .isInstanceOf(BadKeystore.class)
                .hasMessageEndingWith("there is no such file");
    }

    @Test
    void refusesAKeystoreWithoutAKey() throws IOException, GeneralSecurityException {
        var empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        var file = folder.resolve("empty.p12");
        try (var out = Files.newOutputStream(file)) {
            empty.store(out, PASSWORD.toCharArray());
        }

        assertThatThrownBy(() -> TlsIdentity.read(file, PASSWORD.toCharArray()))
                .isInstanceOf(BadKeystore.class)
                .hasMessage(file + ": it has no key");
    }

    private static SSLContext trusting() throws IOException, GeneralSecurityException {
        var own = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keystore)) {
            own.load(in, PASSWORD.toCharArray());
        }
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("api", own.getCertificate("api"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static String get(SSLContext context, String address, Holders holder)
            throws IOException, InterruptedException {
        try (var http = HttpClient.newBuilder().sslContext(context).build()) {
            var request = HttpRequest.newBuilder(URI.create(address))
                    .headers(holder.headers())
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }
}
