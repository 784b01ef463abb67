package io.tabot;

import java.net.InetAddress;
import java.util.Locale;

/**
 * Where the API listens.
 *
 * @param port 0 lets the system choose
 * @param insecure whether an address that others can reach is meant
 */
public record HttpSettings(String host, int port, boolean insecure) {
    public HttpSettings {
        SettingsException.unless(!host.isBlank(), "http.host", "''", "an address or host name, e.g. 127.0.0.1");
        SettingsException.unless(
                0 <= port && port <= 65_535,
                "http.port",
                port,
                "a whole number from 0 to 65535; 0 lets the system choose");
        SettingsException.unless(
                insecure || isLoopback(host),
                "http.host",
                host,
                "a loopback address such as 127.0.0.1, because the API has no access tokens yet;"
                        + " tabot.http.insecure = true (TABOT_HTTP_INSECURE=true) opens it all the same");
    }

    /** Whether only this machine can reach the API. */
    public boolean isLoopback() {
        return isLoopback(host);
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
