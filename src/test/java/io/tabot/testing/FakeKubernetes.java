package io.tabot.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tabot.http.BadKeystore;
import io.tabot.http.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The one thing that a node asks of the API of Kubernetes: which pods there are. Over TLS, to those alone who show the
 * token, and for one namespace and selector.
 */
public final class FakeKubernetes implements AutoCloseable {
    private static final String NAMESPACE = "trading";
    private static final String TOKEN = "token-of-the-service-account";

    private final HttpsServer server;
    private final Path serviceAccount;
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    private FakeKubernetes(HttpsServer server, Path serviceAccount) {
        this.server = server;
        this.serviceAccount = serviceAccount;
    }

    /** @param pods addresses, each of which has one port called {@code management} */
    public static FakeKubernetes running(Path folder, String selector, List<String> pods, int managementPort) {
        try {
            var keystore = Certificates.keystore(folder, "kubernetes");
            var account = Files.createDirectories(folder.resolve("serviceaccount"));
            Certificates.export(keystore, "kubernetes", account.resolve("ca.crt"));
            Files.writeString(account.resolve("token"), TOKEN);
            Files.writeString(account.resolve("namespace"), NAMESPACE);
            var server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.setHttpsConfigurator(
                    new HttpsConfigurator(TlsIdentity.read(keystore, Certificates.PASSWORD.toCharArray())
                            .context()));
            var fake = new FakeKubernetes(server, account);
            server.createContext("/", exchange -> fake.answer(exchange, selector, body(pods, managementPort)));
            server.start();
            return fake;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (BadKeystore e) {
            throw new IllegalStateException(e);
        }
    }

    /** What Kubernetes gives a pod, and the settings that lead to it. */
    public Map<String, String> environment() {
        return Map.of(
                "KUBERNETES_SERVICE_HOST",
                "127.0.0.1",
                "KUBERNETES_SERVICE_PORT",
                Integer.toString(server.getAddress().getPort()),
                "TABOT_CLUSTER_KUBERNETES_SERVICE_ACCOUNT",
                serviceAccount.toString());
    }

    /** What was asked, and what it was answered with. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange, String selector, byte[] pods) throws IOException {
        var address = exchange.getRequestURI();
        var query = URLDecoder.decode(String.valueOf(address.getRawQuery()), StandardCharsets.UTF_8);
        var isKnown = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        var isPods = address.getPath().equals("/api/v1/namespaces/" + NAMESPACE + "/pods")
                && query.equals("labelSelector=" + selector);
        var status = !isKnown ? 403 : isPods ? 200 : 404;
        asked.add(status + " " + address.getPath() + "?" + query);
        var body = status == 200 ? pods : "{}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static byte[] body(List<String> pods, int port) throws IOException {
        var items = pods.stream().map(pod -> pod(pod, port)).toList();
        return new ObjectMapper().writeValueAsBytes(Map.of("kind", "PodList", "apiVersion", "v1", "items", items));
    }

    private static Map<String, Object> pod(String address, int port) {
        var ports = List.of(Map.of("name", "management", "containerPort", port, "protocol", "TCP"));
        var running = Map.of("name", "ta-bot", "state", Map.of("running", Map.of()));
        return Map.of(
                "metadata",
                Map.of("name", "ta-bot-" + address, "labels", Map.of("app", "ta-bot")),
                "spec",
                Map.of("containers", List.of(Map.of("name", "ta-bot", "ports", ports))),
                "status",
                Map.of("podIP", address, "phase", "Running", "containerStatuses", List.of(running)));
    }
}
