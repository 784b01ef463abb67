package io.tabot.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what the journals know of promotions. They are no events of the chain: each journal tells those that
 * it has seen, and what of its own they gave up.
 */
public final class PromotionAudit extends AbstractMatchingBehavior<PromotionAudit.Message> {
    /** How many given-up events are told for each promotion and journal. */
    public static final int EVENTS_MAX = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** What was found. */
    public sealed interface Reply extends NodeMessage {}

    /**
     * Promotions, newest first.
     *
     * @param unread the journals that did not answer, which may know of more
     */
    public record Found(List<Item> promotions, List<String> unread) implements Reply {
        public Found {
            promotions = List.copyOf(promotions);
            unread = List.copyOf(unread);
        }
    }

    /** No journal answers. */
    public record Unavailable(String reason) implements Reply {}

    /**
     * The promotion that a generation began with.
     *
     * @param promotion null where no journal that answers has heard of it itself
     * @param baseRevision the newest revision that it did not give up; null where that is not known
     */
    public record Item(
            long generation,
            Reign.@Nullable Promotion promotion,
            @Nullable Long baseRevision,
            List<GivenUp> givenUp) {
        public Item {
            givenUp = List.copyOf(givenUp);
        }
    }

    /**
     * What one journal held and had to give up, acknowledged or not.
     *
     * @param count how many events there are, of which the oldest are told
     */
    public record GivenUp(String journal, long count, List<ConfigEvent> events) {
        public GivenUp {
            events = List.copyOf(events);
        }
    }

    sealed interface Message {}

    private record Answered(Voter.PromotionsReply reply) implements Message {}

    private record TooLate() implements Message {}

    private final ActorRef<Reply> replyTo;
    private final Set<String> waitedFor;
    private final Set<String> unread;
    private final List<Voter.Promotions> answers = new ArrayList<>();

    private PromotionAudit(
            ActorContext<Message> context, ActorRef<Reply> replyTo, Set<String> journals, Set<String> asked) {
        super(context);
        this.replyTo = replyTo;
        this.waitedFor = new HashSet<>(asked);
        this.unread = new HashSet<>(journals);
    }

    /** @param asked those of the journals that can be asked */
    static Behavior<Message> reader(
            Set<String> journals, Map<String, ActorRef<Voter.Command>> asked, ActorRef<Reply> replyTo) {
        return Behaviors.setup(context -> {
            var answers = context.messageAdapter(Voter.PromotionsReply.class, Answered::new);
            asked.values().forEach(voter -> voter.tell(new Voter.ReadPromotions(EVENTS_MAX, answers)));
            context.scheduleOnce(PATIENCE, context.getSelf(), new TooLate());
            return new PromotionAudit(context, replyTo, journals, asked.keySet()).next();
        });
    }

    @Override
    public Behavior<Message> onMessage(Message message) {
        switch (message) {
            case Answered(Voter.Promotions promotions) -> {
                answers.add(promotions);
                unread.remove(promotions.voter());
                waitedFor.remove(promotions.voter());
            }
            case Answered(Voter.PromotionsUnavailable(var voter, var _)) -> waitedFor.remove(voter);
            case TooLate() -> waitedFor.clear();
        }
        return next();
    }

    private Behavior<Message> next() {
        if (!waitedFor.isEmpty()) {
            return this;
        }
        replyTo.tell(answers.isEmpty() ? new Unavailable("no journal answers") : found());
        return Behaviors.stopped();
    }

    private Found found() {
        var byGeneration = new TreeMap<Long, Item>();
        for (var answer : answers) {
            for (var known : answer.promotions()) {
                byGeneration.merge(known.generation(), item(answer.voter(), known), PromotionAudit::merged);
            }
        }
        return new Found(
                List.copyOf(byGeneration.descendingMap().values()),
                unread.stream().sorted().toList());
    }

    private static Item item(String journal, Voter.Known known) {
        var givenUp = known.givenUpCount() == 0
                ? List.<GivenUp>of()
                : List.of(new GivenUp(journal, known.givenUpCount(), known.givenUp()));
        return new Item(known.generation(), known.promotion(), known.baseRevision(), givenUp);
    }

    private static Item merged(Item one, Item other) {
        var givenUp = new ArrayList<>(one.givenUp());
        givenUp.addAll(other.givenUp());
        return new Item(
                one.generation(),
                one.promotion() == null ? other.promotion() : one.promotion(),
                one.baseRevision() == null ? other.baseRevision() : one.baseRevision(),
                givenUp);
    }
}
