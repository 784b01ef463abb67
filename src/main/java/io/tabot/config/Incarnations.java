package io.tabot.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Runs one {@link Incarnation} after another for an entity: carries its questions to the voters and their answers, or
 * their silence, back. One that was refused before its term was open is followed by the next after a pause, which
 * doubles and is never the same for two, so that they don't go on refusing each other.
 */
final class Incarnations {
    /** After which what failed is tried again. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private static final Duration FETCH_PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE_FIRST = Duration.ofSeconds(1);
    private static final int DOUBLINGS_MAX = 5;
    private static final int JITTER_STEPS = 1 << 10;

    /** Who has to know. */
    interface Owner {
        void opened(Step.Opened opened);

        void committed(ConfigEvent event, List<String> durability);

        void unconfirmed();

        /** The term was open, and another writer has taken over. */
        void deposed(Writer fence);

        void voters(List<VoterStatus> statuses);
    }

    private final ConfigEntitySettings settings;
    private final ActorContext<ConfigEntity.Command> context;
    private final TimerScheduler<ConfigEntity.Command> timers;
    private final Owner owner;
    private final VoterLinks links;
    private final Logger log;
    private Incarnation current;
    private List<VoterStatus> statuses = List.of();
    private ConfigEntity.@Nullable Promote promoting;
    private int refusals;
    private boolean wasOpen;

    Incarnations(
            ConfigEntitySettings settings,
            ActorContext<ConfigEntity.Command> context,
            TimerScheduler<ConfigEntity.Command> timers,
            Owner owner) {
        this.settings = settings;
        this.context = context;
        this.timers = timers;
        this.owner = owner;
        this.log = context.getLog();
        this.links = new VoterLinks(
                settings.voters(),
                settings.appendTimeout(),
                context,
                timers,
                context.messageAdapter(Voter.Reply.class, ConfigEntity.VoterAnswered::new));
        this.current = fresh();
    }

    void start() {
        wasOpen = false;
        carryOut(current.start());
    }

    Incarnation current() {
        return current;
    }

    List<VoterStatus> statuses() {
        return statuses;
    }

    /** For the caller of a change that can't be taken. */
    String whyNoChanges() {
        var away = current.away();
        if (current.obstacle().isPresent()) {
            return current.obstacle().get();
        }
        if (away.isEmpty()) {
            return current.takesChanges()
                    ? "the changes before this one took too long; try again"
                    : "the journal is being opened";
        }
        var names = String.join(", ", away);
        if (away.size() > 1) {
            return names + " are away";
        }
        return (away.contains(Voter.WITNESS) ? names : "journal " + names) + " is away";
    }

    Optional<ActorRef<Voter.Command>> ref(String voter) {
        return links.ref(voter);
    }

    void on(ConfigEntity.FromVoter message) {
        switch (message) {
            case ConfigEntity.VoterAnswered(var reply) -> {
                links.answered(reply.voter());
                Promotion.discarded(current, reply).ifPresent(log::warn);
                carryOut(current.answered(reply));
            }
            case ConfigEntity.VoterSilent(var voter) -> carryOut(current.silent(voter));
            case ConfigEntity.VoterEnded(var voter) -> {
                links.ended(voter);
                carryOut(current.silent(voter));
            }
            case ConfigEntity.LookAgainNow(var voter) -> carryOut(current.lookAgain(voter));
            case ConfigEntity.Fetched(var voter, var page) -> carryOut(current.fetched(voter, eventsOf(page)));
            case ConfigEntity.StartNow() -> startAnew();
            case ConfigEntity.PromotionDue() -> giveUpPromotion();
        }
    }

    /** @param isVetoed what the voters hold is refused, though there may be a majority */
    void promote(ConfigEntity.Promote promote, boolean isVetoed) {
        var refusal = promoting == null
                ? Promotion.refusal(current, promote.voters(), isVetoed)
                : Optional.of("another promotion is under way");
        if (refusal.isPresent()) {
            promote.replyTo().tell(new Promotion.Refused(refusal.get()));
            return;
        }
        var id = settings.writerIds().get();
        var promotion = new Reign.Promotion(
                id,
                promote.voters(),
                promote.by(),
                promote.reason(),
                settings.clock().instant().truncatedTo(ChronoUnit.MILLIS));
        log.warn(
                "{} promotes {} of {}: {}",
                promotion.by(),
                promotion.voters(),
                settings.environment(),
                promotion.reason());
        owner.unconfirmed();
        promoting = promote;
        timers.cancel("start");
        timers.startSingleTimer("promotion", new ConfigEntity.PromotionDue(), settings.patience());
        current = new Incarnation(settings.voters().keySet(), id, ProtocolRules.STANDARD, promotion);
        start();
    }

    Promotion.Standing standing() {
        return new Promotion.Standing(
                current.term(), current.statuses(), current.electorate().promotion());
    }

    /** Tells what the journals know of promotions. */
    Behavior<PromotionAudit.Message> promotions(ActorRef<PromotionAudit.Reply> replyTo) {
        var journals = new TreeSet<>(settings.voters().keySet());
        journals.remove(Voter.WITNESS);
        var asked = new TreeMap<String, ActorRef<Voter.Command>>();
        journals.forEach(journal -> links.ref(journal).ifPresent(voter -> asked.put(journal, voter)));
        return PromotionAudit.reader(journals, asked, replyTo);
    }

    private void giveUpPromotion() {
        if (promoting != null) {
            endPromotion(new Promotion.Unconfirmed("not every promoted voter has confirmed it in time; look at the"
                    + " journals' standing before you promote again"));
            startAnew();
        }
    }

    private void endPromotion(Promotion.Reply reply) {
        if (promoting != null) {
            promoting.replyTo().tell(reply);
            promoting = null;
            timers.cancel("promotion");
        }
    }

    private void promoted(Step.Opened opened) {
        var promotion = current.electorate().promotion();
        if (promoting != null && promotion != null) {
            endPromotion(new Promotion.Promoted(current.term(), opened.revision(), promotion));
        }
    }

    void submit(ConfigEvent event) {
        carryOut(current.submit(event));
    }

    void idle() {
        carryOut(current.idle());
    }

    private void carryOut(List<Step> steps) {
        for (var step : steps) {
            carryOut(step);
        }
        var now = current.statuses();
        if (!now.equals(statuses)) {
            tellTransitions(now);
            statuses = now;
            owner.voters(now);
        }
    }

    private void carryOut(Step step) {
        switch (step) {
            case Step.Ask ask -> links.ask(ask);
            case Step.Fetch fetch -> fetch(fetch);
            case Step.LookAgain(var voter) ->
                timers.startSingleTimer("look-" + voter, new ConfigEntity.LookAgainNow(voter), LOOK_AGAIN);
            case Step.Opened opened -> {
                refusals = 0;
                wasOpen = true;
                owner.opened(opened);
                promoted(opened);
            }
            case Step.Committed(var event, var durability) -> owner.committed(event, durability);
            case Step.Unconfirmed _ -> owner.unconfirmed();
            case Step.Deposed(var fence) -> {
                endPromotion(new Promotion.Unconfirmed("a voter was promised to another writer"));
                onDeposed(fence);
            }
            case Step.StartAnew(var reason) -> {
                endPromotion(new Promotion.Unconfirmed(reason));
                log.info("the journals of {} are opened anew: {}", settings.environment(), reason);
                if (refusals == 0) {
                    refusals++;
                    context.getSelf().tell(new ConfigEntity.StartNow());
                } else {
                    pauseAndStart();
                }
            }
        }
    }

    private void onDeposed(Writer fence) {
        if (wasOpen) {
            owner.deposed(fence);
        } else {
            log.info("term {} of {} was refused: {} is promised", current.term(), settings.environment(), fence);
            pauseAndStart();
        }
    }

    private void pauseAndStart() {
        var longest = PAUSE_FIRST.multipliedBy(1L << Math.min(refusals, DOUBLINGS_MAX));
        // The id of a writer is as good as a die, and a test can choose it.
        var share = Math.floorMod(current.me().id().hashCode(), JITTER_STEPS);
        refusals++;
        timers.startSingleTimer(
                "start",
                new ConfigEntity.StartNow(),
                longest.multipliedBy(share).dividedBy(JITTER_STEPS));
    }

    private void startAnew() {
        current = fresh();
        start();
    }

    private Incarnation fresh() {
        return new Incarnation(settings.voters().keySet(), settings.writerIds().get());
    }

    private void fetch(Step.Fetch fetch) {
        var source = links.ref(fetch.source());
        if (source.isEmpty()) {
            context.getSelf().tell(unreadable(fetch.voter(), "it is away"));
            return;
        }
        context.ask(
                Voter.EventsReply.class,
                source.get(),
                FETCH_PATIENCE,
                replyTo -> new Voter.ReadEvents(fetch.fromRevision(), fetch.limit(), replyTo),
                (page, failure) -> page == null
                        ? unreadable(fetch.voter(), String.valueOf(failure))
                        : new ConfigEntity.Fetched(fetch.voter(), page));
    }

    private static ConfigEntity.Fetched unreadable(String voter, String reason) {
        return new ConfigEntity.Fetched(voter, new Voter.EventsUnavailable(reason));
    }

    private List<ConfigEvent> eventsOf(Voter.EventsReply page) {
        return switch (page) {
            case Voter.Events(var events, var _) -> events;
            case Voter.EventsUnavailable(var reason) -> {
                log.warn("the history can't be copied from one journal to another: {}", reason);
                yield List.of();
            }
        };
    }

    private void tellTransitions(List<VoterStatus> now) {
        for (var status : now) {
            var isNews = statuses.stream()
                    .noneMatch(before -> before.voter().equals(status.voter()) && before.state() == status.state());
            if (isNews && (wasOpen || status.state() == VoterStatus.State.EMPTY)) {
                log.info(
                        "{} of {} is {} at revision {}",
                        status.voter(),
                        settings.environment(),
                        status.state().id(),
                        status.revision());
            }
        }
    }
}
