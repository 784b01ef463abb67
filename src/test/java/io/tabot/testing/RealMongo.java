package io.tabot.testing;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A MongoDB that somebody else runs, seen through a network of its own. It can't be killed: to be killed is to be
 * out of reach, to be frozen is to get nothing through, and to lose its disk is to lose the databases of this test.
 */
final class RealMongo implements MongoHost {
    private static final int DEFAULT_PORT = 27_017;

    private final String uri;
    private final ConnectionString parsed;
    private final TcpProxy proxy;
    private final String prefix = "tabot_test_" + UUID.randomUUID().toString().substring(0, 8) + "_";

    RealMongo(String uri) {
        this.uri = uri;
        this.parsed = new ConnectionString(uri);
        var host = parsed.getHosts().getFirst().split(":", 2);
        this.proxy = TcpProxy.to(host[0], host.length == 1 ? DEFAULT_PORT : Integer.parseInt(host[1]));
        proxy.refuse();
    }

    @Override
    public int port() {
        return proxy.port();
    }

    @Override
    public String name(String database) {
        return prefix + database;
    }

    /** Of this one server, or the driver would go round the proxy to those that it names. */
    @Override
    public String uri(String database) {
        var login = Optional.ofNullable(parsed.getCredential());
        var options = new ArrayList<String>();
        options.add("directConnection=true");
        login.ifPresent(user -> options.add("authSource=" + user.getSource()));
        if (uri.contains("?")) {
            List.of(uri.substring(uri.indexOf('?') + 1).split("&")).stream()
                    .filter(option -> !option.matches("(?i)(directConnection|authSource|replicaSet)=.*|"))
                    .forEach(options::add);
        }
        var authority = uri.substring(uri.indexOf("://") + "://".length()).split("[/?]", 2)[0];
        var user = authority.contains("@") ? authority.substring(0, authority.lastIndexOf('@') + 1) : "";
        return "mongodb://" + user + "127.0.0.1:" + port() + "/" + database + "?" + String.join("&", options);
    }

    @Override
    public void start() {
        proxy.heal();
    }

    @Override
    public void stop() {
        proxy.refuse();
    }

    @Override
    public void kill() {
        proxy.refuse();
    }

    @Override
    public void pause() {
        proxy.stall(TcpProxy.Direction.TO_SERVER);
        proxy.stall(TcpProxy.Direction.TO_CLIENT);
    }

    @Override
    public void resume() {
        proxy.heal();
    }

    @Override
    public void empty() {
        try (var client = MongoClients.create(uri)) {
            for (var name : client.listDatabaseNames()) {
                if (name.startsWith(prefix)) {
                    client.getDatabase(name).drop();
                }
            }
        }
    }

    @Override
    public void close() {
        proxy.close();
        empty();
    }
}
