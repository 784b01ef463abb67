package io.tabot.walk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The network between the nodes of a cluster: each node has a loopback address of its own, is reached through a proxy,
 * and calls from its address, so that a proxy knows who calls. A part of the nodes can be cut off from the others.
 */
final class NodeLinks implements AutoCloseable {
    private static final int FIRST_HOST = 11;
    private static final int BUFFER = 16 * 1024;

    private record Link(int from, int to, Socket caller, Socket called) {}

    private final List<ServerSocket> listeners = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Object changed = new Object();
    private volatile Set<Integer> island = Set.of();

    NodeLinks(int nodes) {
        try {
            for (var node = 0; node < nodes; node++) {
                var listener = new ServerSocket(0, 50, InetAddress.getByName(host(node)));
                listeners.add(listener);
                try (var free = new ServerSocket(0, 1, InetAddress.getByName(host(node)))) {
                    ports.add(free.getLocalPort());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (var node = 0; node < nodes; node++) {
            var called = node;
            Thread.ofVirtual().name("links-" + node).start(() -> accept(called));
        }
    }

    /** The settings of a node by which all that it says and hears goes through here. */
    Map<String, String> settings(int node) {
        return Map.of(
                "TABOT_CLUSTER_ENABLED", "true",
                "TABOT_CLUSTER_HOST", host(node),
                "TABOT_CLUSTER_PORT", Integer.toString(listeners.get(node).getLocalPort()),
                "TABOT_CLUSTER_SEED_NODES", String.join(",", names()),
                "JDK_JAVA_OPTIONS",
                        "-Dpekko.remote.artery.bind.port=" + ports.get(node)
                                + " -Dpekko.remote.artery.advanced.tcp.outbound-client-hostname=" + host(node));
    }

    Set<String> names() {
        return IntStream.range(0, listeners.size())
                .mapToObj(this::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What the others know a node by. */
    String name(int node) {
        return host(node) + ":" + listeners.get(node).getLocalPort();
    }

    /** From now on nothing passes between these nodes and the others; connections stay open. */
    void cutOff(Set<Integer> nodes) {
        island = Set.copyOf(nodes);
    }

    /** What was held up goes on. */
    void heal() {
        island = Set.of();
        synchronized (changed) {
            changed.notifyAll();
        }
    }

    @Override
    public void close() {
        try {
            for (var listener : listeners) {
                listener.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        links.forEach(NodeLinks::end);
        heal();
    }

    private static String host(int node) {
        return "127.0.0." + (FIRST_HOST + node);
    }

    private void accept(int called) {
        var listener = listeners.get(called);
        while (!listener.isClosed()) {
            try {
                connect(called, listener.accept());
            } catch (IOException e) {
                // Of one connection, or of the listener when it closes.
            }
        }
    }

    private void connect(int called, Socket caller) throws IOException {
        var server = new Socket();
        try {
            server.connect(new InetSocketAddress(host(called), ports.get(called)));
        } catch (IOException e) {
            end(caller);
            return;
        }
        var from = caller.getInetAddress().getAddress()[3] - FIRST_HOST;
        var link = new Link(from, called, caller, server);
        caller.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        links.add(link);
        Thread.ofVirtual().start(() -> pass(link, caller, server));
        Thread.ofVirtual().start(() -> pass(link, server, caller));
    }

    private void pass(Link link, Socket from, Socket to) {
        var bytes = new byte[BUFFER];
        try {
            for (var count = from.getInputStream().read(bytes); count >= 0; ) {
                hold(link);
                to.getOutputStream().write(bytes, 0, count);
                count = from.getInputStream().read(bytes);
            }
        } catch (IOException e) {
            // The other end is told below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        links.remove(link);
        end(link);
    }

    private void hold(Link link) throws InterruptedException {
        synchronized (changed) {
            while (isCut(link) && !link.caller().isClosed()) {
                changed.wait(100);
            }
        }
    }

    private boolean isCut(Link link) {
        var cutOff = island;
        return cutOff.contains(link.from()) != cutOff.contains(link.to());
    }

    private static void end(Link link) {
        end(link.caller());
        end(link.called());
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Closed already.
        }
    }
}
