package io.tabot.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.StorageType;
import io.tabot.journal.WitnessLog;
import io.tabot.journal.WitnessLogJson;
import io.tabot.journal.WitnessStore;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The witness of a cluster: one key of a JetStream key-value bucket, replaced only by whoever names its revision. A
 * read may come from a server that lags, so only a replacement that was taken proves anything.
 */
public final class NatsWitness implements WitnessStore {
    /**
     * The bucket; made when missing.
     *
     * @param replicas copies in a NATS cluster; with 1 the witness is lost with its server
     */
    public record Bucket(String name, int replicas) {
        public Bucket {
            if (!name.matches("[A-Za-z0-9_-]+")) {
                throw new IllegalArgumentException("a bucket's name is made of A-Z, a-z, 0-9, _ and -, not " + name);
            }
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(NatsWitness.class);
    private static final int WRONG_LAST_SEQUENCE = 10_071;

    private final NatsConnection connection;
    private final Bucket bucket;
    private final String key;
    private @Nullable KeyValue values;
    private @Nullable Connection usedConnection;

    public NatsWitness(NatsConnection connection, Bucket bucket, String environment) {
        this.connection = connection;
        this.bucket = bucket;
        this.key = environment;
    }

    @Override
    public synchronized Versioned read() throws IOException {
        try {
            var entry = values().get(key);
            if (entry == null) {
                return new Versioned(WitnessLog.EMPTY, 0);
            }
            var value = entry.getValue();
            var log = entry.getOperation() == KeyValueOperation.PUT && value != null
                    ? WitnessLogJson.read(value, bucket.name() + "/" + key)
                    : Optional.<WitnessLog>empty();
            return new Versioned(log.orElse(WitnessLog.EMPTY), entry.getRevision());
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw failed(e);
        }
    }

    @Override
    public synchronized Optional<Long> replace(long mark, WitnessLog log) throws IOException {
        try {
            var bytes = WitnessLogJson.write(log);
            return Optional.of(mark == 0 ? values().create(key, bytes) : values().update(key, bytes, mark));
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == WRONG_LAST_SEQUENCE) {
                return Optional.empty();
            }
            throw failed(e);
        } catch (IOException | IllegalStateException e) {
            throw failed(e);
        }
    }

    /** The bucket may be gone: it is looked for, and made, before the next attempt. */
    private IOException failed(Exception e) {
        values = null;
        return new IOException("bucket " + bucket.name() + ": " + e.getMessage(), e);
    }

    private KeyValue values() throws IOException, JetStreamApiException {
        var now = connection.require();
        if (values == null || usedConnection != now) {
            makeBucket(now);
            values = now.keyValue(bucket.name());
            usedConnection = now;
        }
        return values;
    }

    private void makeBucket(Connection now) throws IOException, JetStreamApiException {
        var buckets = now.keyValueManagement();
        if (!buckets.getBucketNames().contains(bucket.name())) {
            buckets.create(KeyValueConfiguration.builder()
                    .name(bucket.name())
                    .storageType(StorageType.File)
                    .replicas(bucket.replicas())
                    .maxHistoryPerKey(1)
                    .build());
            LOG.info("Made bucket {} for the witness", bucket.name());
        }
    }
}
