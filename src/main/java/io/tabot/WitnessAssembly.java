package io.tabot;

import io.tabot.config.Voter;
import io.tabot.journal.Witness;
import io.tabot.journal.WitnessFile;
import io.tabot.nats.NatsConnection;
import io.tabot.nats.NatsSettings;
import io.tabot.nats.NatsWitness;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;

/** The witness that the settings ask for: two journals need one to go on when either is away. */
final class WitnessAssembly implements AutoCloseable {
    private final WitnessSettings settings;
    private final Optional<NatsConnection> nats;
    private final Path folder;
    private final WitnessSettings.Kind kind;
    private Optional<WitnessFile> file = Optional.empty();

    private WitnessAssembly(
            WitnessSettings settings, Optional<NatsConnection> nats, Path folder, WitnessSettings.Kind kind) {
        this.settings = settings;
        this.nats = nats;
        this.folder = folder;
        this.kind = kind;
    }

    /** @throws StartException if the witness is to be in NATS and there are no streams to keep it in */
    static WitnessAssembly of(Settings settings, Optional<NatsConnection> nats, Path folder) {
        var hasStreams = settings.nats()
                .filter(server -> server.mode() == NatsSettings.Mode.JETSTREAM)
                .isPresent();
        var asked = settings.witness().kind();
        if (asked == WitnessSettings.Kind.NATS && !hasStreams) {
            throw new StartException("tabot.witness is nats, but there is no NATS with JetStream: set"
                    + " tabot.nats.url and tabot.nats.mode, or choose file");
        }
        var kind = settings.journals().names().size() < 2 ? WitnessSettings.Kind.NONE : chosen(asked, hasStreams);
        return new WitnessAssembly(settings.witness(), nats, folder, kind);
    }

    private static WitnessSettings.Kind chosen(WitnessSettings.Kind asked, boolean hasStreams) {
        if (asked != WitnessSettings.Kind.AUTO) {
            return asked;
        }
        return hasStreams ? WitnessSettings.Kind.NATS : WitnessSettings.Kind.FILE;
    }

    /** Nothing where there is no witness. */
    Optional<Behavior<Voter.Command>> voter(String environment) {
        return switch (kind) {
            case NATS ->
                Optional.of(Witness.create(new NatsWitness(nats.orElseThrow(), settings.bucket(), environment)));
            case FILE -> Optional.of(Witness.create(file(environment)));
            case NONE, AUTO -> Optional.empty();
        };
    }

    /** For the start-up lines. */
    String description() {
        return switch (kind) {
            case NATS -> "witness: NATS bucket " + settings.bucket().name();
            case FILE -> "witness: a file here";
            case NONE, AUTO -> "no witness: while one of the journals is away, no change is taken";
        };
    }

    @Override
    public void close() {
        file.ifPresent(WitnessFile::close);
    }

    /** One for as long as the process lives, however often its entity starts anew: it holds a lock. */
    private synchronized WitnessFile file(String environment) {
        if (file.isEmpty()) {
            file = Optional.of(new WitnessFile(folder, environment));
        }
        return file.get();
    }
}
