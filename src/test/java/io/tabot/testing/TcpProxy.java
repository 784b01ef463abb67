package io.tabot.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A bad network to a server: passes bytes on, late, in one direction only, or not at all. Has a port
 * of its own for as long as it lives, whatever becomes of the server.
 */
public final class TcpProxy implements AutoCloseable {
    /** Which way bytes go. */
    public enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    private record Link(Socket client, Socket server) {}

    private final InetAddress host;
    private final int target;
    private final ServerSocket listener;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Set<Direction> stalled = ConcurrentHashMap.newKeySet();
    private final Object changed = new Object();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean refuses;

    private TcpProxy(InetAddress host, int target) throws IOException {
        this.host = host;
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    public static TcpProxy to(int port) {
        return to("127.0.0.1", port);
    }

    static TcpProxy to(String host, int port) {
        try {
            var proxy = new TcpProxy(InetAddress.getByName(host), port);
            Thread.ofVirtual().name("proxy").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The URI of a server, led through here. */
    public String through(String uri) {
        return uri.replace(":" + target + "/", ":" + listener.getLocalPort() + "/");
    }

    /** Each piece of bytes is passed on so much later, in both directions. */
    public void delay(Duration by) {
        delay = by;
    }

    /** Connections stay open, and nothing passes this way any more until it is healed. */
    public void stall(Direction direction) {
        stalled.add(direction);
    }

    /** Resets all connections; new ones can be made. What was under way is lost. */
    public void cut() {
        links.forEach(TcpProxy::reset);
    }

    /** Resets all connections, and each new one. */
    public void refuse() {
        refuses = true;
        cut();
    }

    /** Tells the clients that the server has ended its side, while theirs stays open. */
    public void halfClose() {
        for (var link : links) {
            try {
                link.client().shutdownOutput();
            } catch (IOException e) {
                // Closed already, which is more than was asked for.
            }
        }
    }

    /** Takes back every fault; what was held up goes on. */
    public void heal() {
        delay = Duration.ZERO;
        refuses = false;
        stalled.clear();
        synchronized (changed) {
            changed.notifyAll();
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
        heal();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                // Of one connection, or of the listener when it closes.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        if (refuses) {
            reset(client);
            return;
        }
        try {
            var link = new Link(client, new Socket(host, target));
            link.client().setTcpNoDelay(true);
            link.server().setTcpNoDelay(true);
            links.add(link);
            Thread.ofVirtual().start(() -> pass(link, link.client(), link.server(), Direction.TO_SERVER));
            Thread.ofVirtual().start(() -> pass(link, link.server(), link.client(), Direction.TO_CLIENT));
        } catch (IOException e) {
            reset(client);
        }
    }

    private void pass(Link link, Socket from, Socket to, Direction direction) {
        var bytes = new byte[16 * 1024];
        try {
            for (var count = from.getInputStream().read(bytes); count >= 0; ) {
                hold(link, direction);
                to.getOutputStream().write(bytes, 0, count);
                count = from.getInputStream().read(bytes);
            }
        } catch (IOException e) {
            // The other end is told below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        links.remove(link);
        reset(link);
    }

    private void hold(Link link, Direction direction) throws InterruptedException {
        var due = System.nanoTime() + delay.toNanos();
        synchronized (changed) {
            while (!link.client().isClosed()) {
                var left = Duration.ofNanos(due - System.nanoTime()).toMillis();
                if (stalled.contains(direction)) {
                    changed.wait(100);
                } else if (left > 0) {
                    changed.wait(left);
                } else {
                    return;
                }
            }
        }
    }

    private static void reset(Link link) {
        reset(link.client());
        reset(link.server());
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // Closed already.
        }
    }
}
