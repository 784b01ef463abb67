package io.tabot.testing;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A real nats-server with JetStream, on a free port of the loopback interface and with a store of its own, that can be
 * stopped, killed and started again on the same port and store.
 */
public final class NatsServer extends LocalServer {
    private final List<String> arguments;

    private NatsServer(int port, List<String> arguments) {
        super("nats-server", port);
        this.arguments = arguments;
    }

    /** Starts one; further arguments are given to nats-server as they are. */
    public static NatsServer running(String... arguments) {
        var server = stopped(arguments);
        server.start();
        return server;
    }

    /** One that will run on this address as soon as it is started. */
    public static NatsServer stopped(String... arguments) {
        return new NatsServer(ServerProcess.freePort(), List.of(arguments));
    }

    /** Starts another one at the address of one that does not run at the moment. */
    public static NatsServer at(NatsServer other, String... arguments) {
        var server = new NatsServer(other.port(), List.of(arguments));
        server.start();
        return server;
    }

    public String url() {
        return "nats://127.0.0.1:" + port();
    }

    /** A client that reconnects soon, as often as it takes, and keeps quiet about it. */
    public Connection connect() {
        try {
            return Nats.connect(new Options.Builder()
                    .server(url())
                    .maxReconnects(-1)
                    .reconnectWait(Duration.ofMillis(50))
                    .errorListener(new ErrorListener() {})
                    .build());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    List<String> command() {
        var binary = ServerProcess.program("NATS_SERVER", "nats-server", "nats-server");
        var command = new ArrayList<>(List.of(binary.toString(), "-a", "127.0.0.1", "-p", String.valueOf(port())));
        command.addAll(List.of("-js", "-sd", folder.toString()));
        command.addAll(arguments);
        return command;
    }

    /** It greets whoever connects with its INFO. */
    @Override
    boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 500);
            return socket.getInputStream().read() == 'I';
        } catch (IOException e) {
            return false;
        }
    }
}
