package io.tabot;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ApiAddressTest {
    @Test
    void refusesAPortThatIsTakenBeforeAnythingElseIsBegun() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = other.getLocalPort();

            assertThatThrownBy(address("127.0.0.1", port)::check)
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("127.0.0.1:" + port + " can't be used", "TABOT_HTTP_PORT");
        }
    }

    @Test
    void leavesAFreePortToTheApi() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        address("127.0.0.1", port).check();

        assertThatCode(() -> new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close())
                .doesNotThrowAnyException();
    }

    @Test
    void namesAHostThatIsNotOfThisMachine() {
        // A documentation address, RFC 5737.
        assertThatThrownBy(address("192.0.2.1", 0)::check).hasMessageContaining("192.0.2.1:0 can't be used");
    }

    @Test
    void tellsWhatElseWentWrong() {
        assertThatThrownBy(() -> {
                    throw address("127.0.0.1", 80)
                            .refused(new CompletionException(new IllegalStateException("closed")));
                })
                .hasMessage("the API can't be started on 127.0.0.1:80: java.lang.IllegalStateException: closed");
    }

    private static ApiAddress address(String host, int port) {
        var environment = Map.of(
                "TABOT_HTTP_HOST", host, "TABOT_HTTP_PORT", Integer.toString(port), "TABOT_HTTP_INSECURE", "true");
        return new ApiAddress(Settings.load(environment, new Properties(), null).http());
    }
}
