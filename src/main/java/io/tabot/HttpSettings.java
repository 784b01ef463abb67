package io.tabot;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the API listens, and to whom.
 *
 * @param port 0 lets the system choose
 * @param insecure whether an address that others can reach is meant, although there are no access tokens
 * @param tls nothing for plain HTTP
 * @param streams what live streams may cost
 * @param legacyStatus whether failures have the statuses of the Python bot
 */
public record HttpSettings(
        String host,
        int port,
        boolean insecure,
        AccessSettings access,
        Optional<TlsSettings> tls,
        StreamLimits streams,
        boolean legacyStatus) {
    public HttpSettings {
        SettingsException.unless(!host.isBlank(), "http.host", "''", "an address or host name, e.g. 127.0.0.1");
        SettingsException.unless(
                0 <= port && port <= 65_535,
                "http.port",
                port,
                "a whole number from 0 to 65535; 0 lets the system choose");
        SettingsException.unless(
                insecure || access.isOn() || isLoopback(host),
                "http.host",
                host,
                "a loopback address such as 127.0.0.1, because there are no access tokens: bin/ta-bot token"
                        + " create makes one and tabot.http.tokens-file names the file;"
                        + " tabot.http.insecure = true (TABOT_HTTP_INSECURE=true) opens it all the same");
    }

    /** Whether only this machine can reach the API. */
    public boolean isLoopback() {
        return isLoopback(host);
    }

    /** What an operator should hear at each start, because it is dangerous. */
    public List<String> warnings() {
        var warnings = new ArrayList<String>();
        if (!isLoopback() && !access.isOn()) {
            warnings.add("everybody who reaches " + host + ":" + port + " can change what is traded:"
                    + " there are no access tokens, and tabot.http.insecure is on");
        }
        if (!isLoopback() && access.isOn() && tls.isEmpty()) {
            warnings.add("access tokens travel unencrypted to " + host + ":" + port
                    + ": set tabot.http.tls.keystore, unless something in front of this service encrypts");
        }
        return List.copyOf(warnings);
    }

    /** Asks no name server: what a name means there can change after the check. */
    private static boolean isLoopback(String host) {
        if (host.toLowerCase(Locale.ROOT).equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException notALiteral) {
            return false;
        }
    }
}
