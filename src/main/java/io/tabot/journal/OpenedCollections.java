package io.tabot.journal;

import com.typesafe.config.Config;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import pekko.contrib.persistence.mongodb.MongoCollectionCache;
import scala.Function1;
import scala.concurrent.Future;

/**
 * The collections that the MongoDB plugin has opened. Unlike its own cache this one forgets those that failed to open,
 * so that a database which was away at the first try is found at the next. Named in mongodb.conf.
 *
 * @param <C> of a collection
 */
public final class OpenedCollections<C> implements MongoCollectionCache<Future<C>> {
    private final ConcurrentMap<String, Future<C>> opened = new ConcurrentHashMap<>();

    /** As the plugin makes it. */
    public OpenedCollections(Config ignored) {}

    @Override
    public Future<C> getOrElseCreate(String name, Function1<String, Future<C>> open) {
        return opened.compute(name, (key, known) -> known == null || failed(known) ? open.apply(key) : known);
    }

    @Override
    public void invalidate(String name) {
        opened.remove(name);
    }

    private static boolean failed(Future<?> collection) {
        return collection.isCompleted() && collection.value().get().isFailure();
    }
}
