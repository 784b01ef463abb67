package io.tabot;

import com.typesafe.config.ConfigFactory;
import io.tabot.config.Term;
import io.tabot.config.Voter;
import io.tabot.config.Writer;
import io.tabot.journal.ConfigJournal;
import io.tabot.journal.EmbeddedJournal;
import io.tabot.journal.JournalContents;
import io.tabot.journal.JournalPlugin;
import io.tabot.journal.JournalUnavailableException;
import io.tabot.journal.StoredHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * Journals opened by a command, without a service. Holds the data folder if the embedded one is among them, so that no
 * service runs on it meanwhile; whether one runs on a server can't be seen from here.
 */
public final class JournalSession implements AutoCloseable {
    private static final long PATIENCE_MINUTES = 10;
    private static final String SYSTEM = "pekko.actor.provider = local, pekko.log-dead-letters = off";

    private final @Nullable DataFolder folder;
    private final ActorSystem<Void> system;
    private final String environment;
    private final Map<String, JournalPlugin> plugins = new LinkedHashMap<>();

    private JournalSession(
            @Nullable DataFolder folder, ActorSystem<Void> system, String environment, List<JournalPlugin> plugins) {
        this.folder = folder;
        this.system = system;
        this.environment = environment;
        plugins.forEach(plugin -> this.plugins.put(plugin.voter(), plugin));
    }

    /**
     * @param names of the journals, whether the service keeps its history there or not
     * @throws StartException if one can't be opened
     */
    public static JournalSession open(Settings settings, String environment, List<String> names) {
        Settings.checkEnvironment(environment);
        var journals = Journals.of(names, settings.journals(), settings.dataDir());
        var folder = names.contains(EmbeddedJournal.NAME) ? DataFolder.open(settings.dataDir()) : null;
        var config = ConfigFactory.parseString(SYSTEM)
                .withFallback(journals.config())
                .withFallback(settings.source().actorSystem())
                .resolve();
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "ta-bot-journals", config);
        return new JournalSession(folder, system, environment, journals.plugins());
    }

    /** Whether there is an embedded journal to look at: opening it would make one. */
    public static boolean hasEmbedded(Path dataDir) {
        return Files.exists(dataDir.resolve(EmbeddedJournal.FILE));
    }

    /** The names of the journals, as they were asked for. */
    public List<String> names() {
        return List.copyOf(plugins.keySet());
    }

    /** Where the journal is, without secrets. */
    public String place(String name) {
        return plugin(name).place();
    }

    /**
     * Makes the journal usable: its tables or collections.
     *
     * @throws JournalUnavailableException if it can't be used
     */
    public void prepare(String name) {
        history(name).prepare();
    }

    /** @throws JournalUnavailableException if it can't be read; one that is broken can */
    public JournalContents read(String name) {
        return done(name, history(name).read());
    }

    /**
     * Adds events behind what the journal held when it was read.
     *
     * @param term not below that of the events
     */
    public void append(
            String name, JournalContents contents, Term term, Source<StoredHistory.Original, NotUsed> events) {
        var fence = contents.state().fence().term();
        var me = new Writer(
                fence.compareTo(term) < 0 ? term : fence.next(),
                UUID.randomUUID().toString());
        ActorRef<Voter.Command> voter = system.systemActorOf(
                ConfigJournal.create(environment, plugin(name)), "journal-" + UUID.randomUUID(), Props.empty());
        var _ = done(name, history(name).append(voter, contents, me, events));
    }

    /** The events of a journal that was read, from this revision on. */
    public Source<StoredHistory.Original, NotUsed> events(JournalContents contents, long fromRevision) {
        return history(contents.voter()).events(contents, fromRevision);
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
        if (folder != null) {
            folder.close();
        }
    }

    private StoredHistory history(String name) {
        return new StoredHistory(system, environment, plugin(name));
    }

    private JournalPlugin plugin(String name) {
        var plugin = plugins.get(name);
        if (plugin == null) {
            throw new IllegalArgumentException("not opened: " + name);
        }
        return plugin;
    }

    private static <T> T done(String name, CompletionStage<T> work) {
        try {
            return work.toCompletableFuture()
                    .orTimeout(PATIENCE_MINUTES, TimeUnit.MINUTES)
                    .join();
        } catch (CompletionException e) {
            var cause = e.getCause();
            throw cause instanceof JournalUnavailableException known
                    ? known
                    : new JournalUnavailableException("journal " + name + ": " + oneLine(cause));
        }
    }

    private static String oneLine(@Nullable Throwable failure) {
        return String.valueOf(failure == null ? null : failure.getMessage())
                .strip()
                .replaceAll("\\s+", " ");
    }
}
