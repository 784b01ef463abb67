package io.tabot.trace;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where spans go and how many of them.
 *
 * @param endpoint of a collector that speaks OTLP over HTTP, without the path of traces
 * @param headers that go with each export; secrets, mostly
 * @param serviceName what traces call this service
 * @param sampleRatio of traces that begin here; those of others say themselves whether they are recorded
 * @param queue spans that may wait for the collector
 */
public record TracingSettings(
        URI endpoint, Map<String, String> headers, String serviceName, double sampleRatio, int queue) {
    private static final int GRPC_PORT = 4317;

    public TracingSettings {
        headers = Map.copyOf(headers);
        if (!List.of("http", "https").contains(String.valueOf(endpoint.getScheme())) || endpoint.getHost() == null) {
            throw new IllegalArgumentException("an endpoint is an address like http://collector:4318");
        }
        if (endpoint.getUserInfo() != null) {
            throw new IllegalArgumentException("put what proves who you are into headers, not into the endpoint");
        }
        if (!(sampleRatio >= 0 && sampleRatio <= 1)) {
            throw new IllegalArgumentException("a sample ratio is between 0 and 1, not " + sampleRatio);
        }
        if (serviceName.isBlank()) {
            throw new IllegalArgumentException("a service needs a name");
        }
        if (queue < 1) {
            throw new IllegalArgumentException("a queue has room for at least one span, not for " + queue);
        }
    }

    /** {@code name=value}, as OpenTelemetry's variable has them. */
    public static Map<String, String> headers(List<String> texts) {
        var headers = new LinkedHashMap<String, String>();
        for (var text : texts) {
            var equals = text.indexOf('=');
            if (equals < 1) {
                // The text itself may be a secret.
                throw new IllegalArgumentException("headers are written name=value, with commas between them");
            }
            headers.put(
                    text.substring(0, equals).strip(),
                    text.substring(equals + 1).strip());
        }
        return headers;
    }

    /** Where spans are posted to. */
    public String traces() {
        return endpoint.toString().replaceFirst("/*$", "") + "/v1/traces";
    }

    /** Whether the port is the one at which collectors speak gRPC, which is not spoken here. */
    public boolean looksLikeGrpc() {
        return endpoint.getPort() == GRPC_PORT;
    }

    /** Without the headers. */
    @Override
    public String toString() {
        return "TracingSettings[" + traces() + ", " + serviceName + ", " + sampleRatio + ", " + queue + "]";
    }
}
