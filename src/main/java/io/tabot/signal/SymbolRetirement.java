package io.tabot.signal;

import io.tabot.market.Symbol;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.jspecify.annotations.Nullable;

/**
 * Lets the actors of symbols end that are no longer in the configuration, after a while: those that are in it stay,
 * however long nothing happens, since a window of candles is worth keeping. A symbol that comes back gets a new one.
 */
public final class SymbolRetirement {
    /**
     * An actor of this node.
     *
     * @param unusedSince when its symbol was first seen to be out of the configuration; null while it is in
     */
    private record Place(
            ActorRef<SignalActor.Command> actor,
            ActorRef<ClusterSharding.ShardCommand> shard,
            @Nullable Instant unusedSince) {}

    private final Supplier<Optional<? extends Collection<String>>> configured;
    private final Clock clock;
    private final Duration after;
    private final Map<Symbol, Place> places = new ConcurrentHashMap<>();

    /** @param configured the symbols in force; nothing before there is a configuration */
    public SymbolRetirement(Supplier<Optional<? extends Collection<String>>> configured, Clock clock, Duration after) {
        this.configured = configured;
        this.clock = clock;
        this.after = after;
    }

    /** An actor begins on this node; if there was one before, that one is gone. */
    public void begun(
            Symbol symbol, ActorRef<SignalActor.Command> actor, ActorRef<ClusterSharding.ShardCommand> shard) {
        places.put(symbol, new Place(actor, shard, null));
    }

    /** To be called every few seconds. Through the shard, which keeps what arrives while the actor ends. */
    public void look() {
        configured
                .get()
                .ifPresent(symbols -> places.forEach((symbol, place) -> {
                    if (symbols.contains(symbol.name())) {
                        places.replace(symbol, place, new Place(place.actor(), place.shard(), null));
                    } else if (place.unusedSince() == null) {
                        places.replace(symbol, place, new Place(place.actor(), place.shard(), clock.instant()));
                    } else if (!clock.instant().isBefore(place.unusedSince().plus(after))
                            && places.remove(symbol, place)) {
                        place.shard().tell(new ClusterSharding.Passivate<>(place.actor()));
                    }
                }));
    }
}
