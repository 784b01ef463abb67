package io.tabot.config;

import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/** What people call a node: host and port that it is reached at by the others, or {@code local} when it has none. */
public final class NodeName {
    private NodeName() {}

    /** Of the node that an actor runs on, as seen from this one. */
    public static String of(ActorSystem<?> here, ActorRef<?> actor) {
        var address = actor.path().address();
        return address.hasLocalScope() ? of(here) : name(address);
    }

    /** Of this node. */
    public static String of(ActorSystem<?> here) {
        return name(here.address());
    }

    private static String name(Address address) {
        return address.getHost()
                .map(host -> host + ":" + address.getPort().orElse(0))
                .orElse("local");
    }
}
