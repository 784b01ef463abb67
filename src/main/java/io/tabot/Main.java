package io.tabot;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import com.typesafe.config.Config;
import io.tabot.journal.EmbeddedJournal;
import io.tabot.journal.JournalUnavailableException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Starts the service, waits for its end, and turns a failed start into one line and an exit code. */
public final class Main {
    private static final Duration END_MAX = Duration.ofSeconds(3);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    /** Nodes find each other by the same name. */
    static final String SYSTEM = "ta-bot";

    private Main() {}

    /**
     * Runs the service until a signal ends it. The exit code: 0, or 1 when it could not start or ended by itself.
     *
     * @param abandonsEmbedded whether a history of the embedded journal is put aside where it is kept elsewhere now
     */
    public static int run(Settings settings, boolean abandonsEmbedded) {
        return run(settings, abandonsEmbedded, System.out, System.err);
    }

    static int run(Settings settings, boolean abandonsEmbedded, PrintStream out, PrintStream err) {
        setUpLog(settings);
        try (var folder = DataFolder.open(settings.dataDir())) {
            new ClusterAssembly(settings).check();
            EmbeddedRemains.check(settings.journals().names(), folder.path(), abandonsEmbedded);
            openEmbeddedJournal(settings.journals(), folder);
            return serve(settings, folder, out);
        } catch (StartException | JournalUnavailableException e) {
            err.println("ta-bot: " + e.getMessage());
            return 1;
        }
    }

    private static int serve(Settings settings, DataFolder folder, PrintStream out) {
        settings.source().ignoredVariables().stream()
                .reduce((a, b) -> a + ", " + b)
                .ifPresent(names -> LoggerFactory.getLogger(Main.class)
                        .warn("variables without a meaning here, see docs/migration.md: {}", names));
        settings.http().warnings().forEach(LoggerFactory.getLogger(Main.class)::warn);
        var node = new Node(settings, folder.path());
        var stopTimeout = new ClusterAssembly(settings).stopTimeout();
        var running = new AtomicReference<@Nullable ActorSystem<?>>();
        var hook = Thread.ofPlatform().unstarted(() -> stopAndHalt(running.get(), stopTimeout));
        Runtime.getRuntime().addShutdownHook(hook);
        var started = new CompletableFuture<StartReport>();
        var system = ActorSystem.create(Guardian.create(node, started), SYSTEM, actorSystemConfig(settings, node));
        running.set(system);
        // The same again, where remoting knows of it: it would end with the JVM at once, and nothing could be handed
        // over.
        var hookBeforeRemoting =
                CoordinatedShutdown.get(system).addCancellableJvmShutdownHook(() -> stopAndHalt(system, stopTimeout));
        try {
            awaitStart(started).lines().forEach(out::println);
        } catch (StartException e) {
            if (isToldToStop(hook, hookBeforeRemoting)) {
                return 0;
            }
            stop(system, stopTimeout);
            throw e;
        }
        awaitEnd(system);
        if (isToldToStop(hook, hookBeforeRemoting)) {
            return 0;
        }
        throw new StartException("the service has ended by itself; the log says why");
    }

    /** A node that is cut off waits for connections that TCP holds open for minutes: its end is not theirs to delay. */
    private static void awaitEnd(ActorSystem<?> system) {
        var almost = new CompletableFuture<Done>();
        CoordinatedShutdown.get(system).addTask(CoordinatedShutdown.PhaseActorSystemTerminate(), "end-in-time", () -> {
            almost.completeOnTimeout(Done.getInstance(), END_MAX.toMillis(), TimeUnit.MILLISECONDS);
            return CompletableFuture.completedStage(Done.getInstance());
        });
        CompletableFuture.anyOf(system.getWhenTerminated().toCompletableFuture(), almost)
                .join();
    }

    /** At once, unlike those with a server, which may come up later: what is wrong with a file stays wrong. */
    private static void openEmbeddedJournal(JournalSettings journals, DataFolder folder) {
        if (journals.names().contains(EmbeddedJournal.NAME)) {
            EmbeddedJournal.createSchema(folder.path());
        }
    }

    private static Config actorSystemConfig(Settings settings, Node node) {
        return node.journals()
                .config()
                .withFallback(new ClusterAssembly(settings).config())
                .withFallback(settings.source().actorSystem())
                .resolve();
    }

    /**
     * Whether the process is on its way out, as it was told. If not, the hooks are taken off: the end is another
     * one.
     */
    private static boolean isToldToStop(Thread hook, Cancellable hookBeforeRemoting) {
        try {
            var isTold = !Runtime.getRuntime().removeShutdownHook(hook);
            var _ = hookBeforeRemoting.cancel();
            return isTold;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private static StartReport awaitStart(CompletableFuture<StartReport> started) {
        try {
            return started.get(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StartException failure
                    ? failure
                    : new StartException(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            throw new StartException("not started after " + START_TIMEOUT.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted");
        }
    }

    /** A signal came: the JVM would end with its number as exit code, though all is well. */
    private static void stopAndHalt(@Nullable ActorSystem<?> system, Duration timeout) {
        Runtime.getRuntime().halt(system == null || stop(system, timeout) ? 0 : 1);
    }

    private static boolean stop(ActorSystem<?> system, Duration timeout) {
        try {
            CoordinatedShutdown.get(system)
                    .runAll(CoordinatedShutdown.jvmExitReason())
                    .thenCombine(system.getWhenTerminated(), (Done done, Done ended) -> ended)
                    .toCompletableFuture()
                    .orTimeout(timeout.toSeconds(), TimeUnit.SECONDS)
                    .join();
            return true;
        } catch (CompletionException e) {
            LoggerFactory.getLogger(Main.class).warn("not ended cleanly: {}", e.toString());
            return false;
        }
    }

    private static void setUpLog(Settings settings) {
        settings.observe().logFormat().applyTo((LoggerContext) LoggerFactory.getILoggerFactory());
        var root = (Logger) LoggerFactory.getLogger("io.tabot");
        root.setLevel(Level.convertAnSLF4JLevel(settings.logLevel()));
    }
}
