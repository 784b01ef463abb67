package io.tabot.nats;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One or more NATS servers of one cluster. May hold a user and a password, which {@link #toString} leaves out. */
public final class NatsUrl {
    private static final Set<String> SCHEMES = Set.of("nats", "tls", "opentls", "ws", "wss");
    private static final int PORT_MAX = 65_535;

    private final List<String> servers;

    private NatsUrl(List<String> servers) {
        this.servers = servers;
    }

    /** Reads {@code nats://host:4222}, {@code host:4222}, {@code host}, or several of them with commas in between. */
    public static NatsUrl parse(String text) {
        var servers = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(NatsUrl::server)
                .toList();
        return new NatsUrl(servers);
    }

    /** As jnats takes them, with user and password. */
    List<String> servers() {
        return servers;
    }

    /** What may be shown and logged. */
    @Override
    public String toString() {
        return servers.stream().map(NatsUrl::withoutUser).collect(Collectors.joining(","));
    }

    /** Cuts user and password out of any text that quotes an address, e.g. a library's error message. */
    static String withoutUser(String text) {
        return text.replaceAll("//[^/@\\s]*@", "//");
    }

    private static String server(String text) {
        if (text.isEmpty()) {
            throw new BadNatsUrl("the NATS address is empty; it looks like nats://127.0.0.1:4222");
        }
        var full = text.contains("://") ? text : "nats://" + text;
        var uri = uri(full);
        var shown = withoutUser(full);
        if (!SCHEMES.contains(uri.getScheme())) {
            throw new BadNatsUrl("'" + shown + "' begins with '" + uri.getScheme() + "', not with one of " + SCHEMES);
        }
        if (uri.getHost() == null) {
            throw new BadNatsUrl("'" + shown + "' has no valid host");
        }
        if (uri.getPort() == 0 || uri.getPort() > PORT_MAX) {
            throw new BadNatsUrl("'" + shown + "' has no valid port: 1 to " + PORT_MAX);
        }
        return full;
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // The exception quotes the whole input, password included.
            throw new BadNatsUrl("'" + withoutUser(text) + "' is not an address: " + e.getReason());
        }
    }
}
