package io.tabot;

import ch.qos.logback.classic.LoggerContext;
import io.micrometer.core.instrument.Gauge;
import io.tabot.config.ConfigEntity;
import io.tabot.config.ConfigEntitySettings;
import io.tabot.config.ConfigFeed;
import io.tabot.config.ConfigMeters;
import io.tabot.config.ConfigRules;
import io.tabot.config.ConfigView;
import io.tabot.config.LastStateFile;
import io.tabot.config.RuleSettings;
import io.tabot.config.Voter;
import io.tabot.http.ApiSettings;
import io.tabot.http.BacktestLimits;
import io.tabot.http.Backtests;
import io.tabot.http.HttpApi;
import io.tabot.journal.ConfigJournal;
import io.tabot.market.CandleHistory;
import io.tabot.ops.BuildInfo;
import io.tabot.ops.Check;
import io.tabot.ops.Health;
import io.tabot.ops.HealthChecks;
import io.tabot.ops.LogLevels;
import io.tabot.ops.Metrics;
import io.tabot.ops.NodeReporter;
import io.tabot.ops.NodeState;
import io.tabot.signal.CandleStore;
import io.tabot.signal.MemorySignalLog;
import io.tabot.signal.Publication;
import io.tabot.signal.RecentSignals;
import io.tabot.signal.SignalActor;
import io.tabot.signal.SignalEngine;
import io.tabot.signal.SignalMetrics;
import io.tabot.signal.SignalTallies;
import io.tabot.signal.SymbolRetirement;
import io.tabot.strategy.StrategyCatalog;
import io.tabot.trace.Tracer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.slf4j.LoggerFactory;

/** What the components of a node are made of, from the settings: the parts that {@link Guardian} puts together. */
final class Node implements AutoCloseable {
    /** Heartbeats that may be missed before the configuration counts as stale. */
    private static final int HEARTBEATS_MISSED_MAX = 10;

    /** Alone, nobody can have changed what is in the file; among others, they may have, so their word is waited for. */
    private static final Duration TRUST_FILE_ALONE = Duration.ofSeconds(2);

    private static final Duration TRUST_FILE_AMONG_OTHERS = Duration.ofSeconds(30);

    /** A symbol that is taken out by mistake and put back soon keeps its window. */
    private static final Duration RETIRE_AFTER = Duration.ofMinutes(2);

    private final Settings settings;
    private final Path folder;
    private final Journals journals;
    private final WitnessAssembly witness;
    private final Clock clock = Clock.systemUTC();
    private final StrategyCatalog catalog = StrategyCatalog.standard();
    private final ConfigRules rules;
    private final Metrics metrics = new Metrics();
    private final ConfigView view = new ConfigView();
    private final ConfigMeters configMeters = new ConfigMeters(view, metrics.registry());
    private final SignalMetrics signalMetrics = new SignalMetrics(metrics.registry(), clock);
    private final RecentSignals recent;
    private final MemorySignalLog ownSignals;
    private final Tracing tracing;
    private final Exchange exchange;
    private final LogLevels logLevels;
    private final ApiAssembly api;
    private final ApiSettings apiSettings;
    private final SymbolRetirement retirement = new SymbolRetirement(
            () -> view.current().map(inForce -> inForce.application().symbols()), clock, RETIRE_AFTER);
    private final AtomicBoolean stopping = new AtomicBoolean();

    /**
     * @throws StartException if a file with access tokens or a certificate or the API's address can't be used, or the
     *     settings make no valid first configuration
     */
    Node(Settings settings, Path folder) {
        this.settings = settings;
        this.folder = folder;
        this.logLevels = new LogLevels((LoggerContext) LoggerFactory.getILoggerFactory(), clock);
        this.journals = Journals.of(settings.journals(), folder);
        this.api = new ApiAssembly(settings.http());
        this.apiSettings = api.settings(clock, metrics.registry());
        this.rules = new ConfigRules(catalog, new RuleSettings(settings.config().quoteCurrencies()));
        // Before anything is connected: a mistake is then told in one line.
        FirstConfiguration.check(FirstConfiguration.of(settings, catalog), rules, clock.instant());
        new ApiAddress(settings.http()).check();
        this.tracing = Tracing.of(settings, metrics.registry());
        this.recent = new RecentSignals(settings.signals().recent());
        this.ownSignals =
                new MemorySignalLog(clock.instant(), settings.signals().recent());
        this.exchange = settings.nats()
                .map(nats -> Exchange.nats(
                        nats, settings.tables(), settings.environment(), metrics.registry(), clock, tracing.tracer()))
                .orElseGet(() -> Exchange.demo(settings.demo().candlesPerSecond(), clock));
        this.witness = WitnessAssembly.of(settings, exchange.connection(), folder);
        build(settings.build());
        metrics.count(
                SignalTallies.NAME, SignalTallies.DESCRIPTION, SignalTallies.LABELS, signalMetrics.tallies()::counts);
        var checks = new VoterChecks(view);
        voterNames().forEach(voter -> checks.register(voter, metrics.registry()));
    }

    private void build(BuildInfo build) {
        Gauge.builder("ta_bot_build", () -> 1)
                .description("What runs here")
                .tag("version", build.version())
                .tag("commit", build.commitSha())
                .register(metrics.registry());
    }

    Settings settings() {
        return settings;
    }

    String environment() {
        return settings.environment();
    }

    Path folder() {
        return folder;
    }

    Journals journals() {
        return journals;
    }

    WitnessAssembly witness() {
        return witness;
    }

    private List<String> voterNames() {
        var names = new ArrayList<>(settings.journals().names());
        if (witness.voter(environment()).isPresent()) {
            names.add(Voter.WITNESS);
        }
        return names;
    }

    StrategyCatalog catalog() {
        return catalog;
    }

    ConfigRules rules() {
        return rules;
    }

    ConfigView view() {
        return view;
    }

    SignalMetrics signalMetrics() {
        return signalMetrics;
    }

    SymbolRetirement retirement() {
        return retirement;
    }

    Exchange exchange() {
        return exchange;
    }

    void stopping() {
        stopping.set(true);
    }

    boolean isStopping() {
        return stopping.get();
    }

    /** Long enough for the history to be read and the signals to be stored with some patience. */
    Duration answerTimeout() {
        return settings.candles().historyTimeout().plus(Duration.ofSeconds(30));
    }

    ConfigEntitySettings entity(String environment) {
        var config = settings.config();
        var first = FirstConfiguration.of(settings, catalog);
        Map<String, Behavior<Voter.Command>> voters = new LinkedHashMap<>();
        journals.plugins().forEach(plugin -> voters.put(plugin.voter(), ConfigJournal.create(environment, plugin)));
        witness.voter(environment).ifPresent(voter -> voters.put(Voter.WITNESS, voter));
        return new ConfigEntitySettings(
                environment,
                rules,
                voters,
                Optional.of(first),
                clock,
                () -> UUID.randomUUID().toString(),
                config.appendTimeout(),
                config.appendTimeout().multipliedBy(3),
                config.heartbeat(),
                exchange.notices(),
                configMeters,
                tracing.tracer());
    }

    ConfigFeed.Parts feed() {
        return new ConfigFeed.Parts(
                environment(),
                catalog,
                view,
                new LastStateFile(folder, environment()),
                metrics.registry(),
                clock,
                settings.config().pushTimeout(),
                settings.config().heartbeat().multipliedBy(HEARTBEATS_MISSED_MAX),
                settings.cluster().enabled() ? TRUST_FILE_AMONG_OTHERS : TRUST_FILE_ALONE,
                tracing.tracer());
    }

    NodeReporter.Parts reporter() {
        return new NodeReporter.Parts(
                environment(), view, () -> exchange.source().health());
    }

    SignalActor.Parts signals(ActorRef<ConfigFeed.Command> feed) {
        return new SignalActor.Parts(
                new SignalEngine(environment()),
                exchange.history(),
                settings.candles().historyTimeout(),
                exchange.outlet(),
                this::published,
                signalMetrics,
                feed,
                tracing.tracer());
    }

    /** @param windows the candles that the actors of symbols hold */
    HttpApi.Parts api(RecipientRef<ConfigEntity.Command> entity, CandleHistory windows, Cluster cluster) {
        return new HttpApi.Parts(
                environment(),
                view,
                entity,
                catalog,
                backtests(),
                recent,
                exchange.past().and(new CandleStore("window", windows)),
                exchange.liveSignals().orElse(ownSignals),
                health(cluster),
                metrics,
                logLevels,
                clock,
                tracing.tracer());
    }

    private Backtests backtests() {
        var backtest = settings.backtest();
        var limits = new BacktestLimits(backtest.candlesMax(), backtest.timeout(), backtest.atOnce());
        return new Backtests(exchange.archive(), rules, limits);
    }

    ApiSettings apiSettings() {
        return apiSettings;
    }

    Tracer tracer() {
        return tracing.tracer();
    }

    /** Who says how this node is doing, if it is to be said and there is somebody to tell. */
    Optional<HealthReporter> reporter(Cluster cluster) {
        return exchange.connection()
                .filter(_ -> settings.observe().verdictInterval().isPositive())
                .map(nats -> new HealthReporter(
                        new HealthReporter.Parts(
                                environment(),
                                nats,
                                exchange.source(),
                                signalMetrics,
                                configMeters,
                                view,
                                health(cluster)),
                        settings.observe().verdictSubject(),
                        () -> cluster.selfMember()
                                .address()
                                .equals(cluster.state().getLeader()),
                        metrics.registry()));
    }

    /** What is to be looked at every few seconds. */
    void housekeep() {
        logLevels.expire();
        api.reload();
        retirement.look();
    }

    @Override
    public void close() {
        exchange.close().run();
        tracing.close().run();
        witness.close();
        metrics.close();
    }

    private Health health(Cluster cluster) {
        var state = new NodeState(
                () -> view.current().isPresent(),
                () -> cluster.selfMember().status() == MemberStatus.up(),
                stopping::get,
                () -> true);
        Map<String, Supplier<Check>> checks = new LinkedHashMap<>();
        checks.put("nats", exchange.check());
        checks.put("journal", this::journal);
        if (voterNames().size() > 1) {
            var voters = new VoterChecks(view);
            voterNames().forEach(voter -> {
                var name = voter.equals(Voter.WITNESS) ? voter : "journal-" + voter;
                checks.put(name, () -> voters.check(name, voter));
            });
        }
        checks.put("candles", this::candles);
        exchange.tables().ifPresent(check -> checks.put("tables", check));
        if (api.check().isPresent()) {
            checks.put("tokens", () -> api.check().orElseThrow());
        }
        return new Health(settings.build(), state, new HealthChecks(checks), clock);
    }

    private Check journal() {
        var away = view.voters().size() == 1 ? new VoterChecks(view).away() : Optional.<Check>empty();
        return away.orElseGet(this::heard);
    }

    private Check heard() {
        return view.current()
                .map(inForce -> inForce.isStale()
                        ? Check.down("journal", "not heard since " + inForce.staleSince() + "; changes are refused")
                        : Check.ok(
                                "journal",
                                inForce.source() + " at revision "
                                        + inForce.state().revision()))
                .orElse(Check.down("journal", "not opened yet"));
    }

    private Check candles() {
        var cold = signalMetrics.coldSeries();
        if (cold > 0) {
            return Check.degraded(
                    "candles", "the history of " + cold + " series can't be read; their windows fill live");
        }
        var last = exchange.source().health().lastCandle();
        return last == null
                ? Check.degraded("candles", "none came in since the start")
                : Check.ok("candles", "last came in at " + last);
    }

    private void published(List<Publication> publications) {
        var now = clock.instant();
        if (exchange.liveSignals().isEmpty()) {
            ownSignals.add(publications, now);
        }
        recent.add(publications, now);
        publications.forEach(SignalLog::tell);
    }
}
