package io.tabot.nats;

import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.time.Duration;

/** The settings in the words of jnats. */
final class ConnectionOptions {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    /** With two pings unanswered a silent server is noticed within this time three times over, not after minutes. */
    private static final Duration PING_INTERVAL = Duration.ofSeconds(10);

    private ConnectionOptions() {}

    static Options of(NatsSettings settings, ConnectionListener connections, ErrorListener errors) {
        var builder = new Options.Builder()
                .servers(settings.url().servers().toArray(String[]::new))
                .connectionName(settings.connectionName())
                .connectionTimeout(CONNECT_TIMEOUT)
                .pingInterval(PING_INTERVAL)
                .maxReconnects(-1)
                .reconnectDelayHandler(Backoff::after)
                .connectionListener(connections)
                .errorListener(errors);
        return authenticated(builder, settings.credentials()).build();
    }

    static Options.Builder authenticated(Options.Builder builder, NatsCredentials credentials) {
        return switch (credentials) {
            case NatsCredentials.None _ -> builder;
            case NatsCredentials.UserPassword(var user, var password) ->
                builder.userInfo(user.toCharArray(), password.toCharArray());
            case NatsCredentials.Token(var token) -> builder.token(token.toCharArray());
            case NatsCredentials.CredentialsFile(var file) -> builder.authHandler(Nats.credentials(file.toString()));
        };
    }
}
