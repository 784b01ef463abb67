package io.tabot.config;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A voter that can be cut off: either it hears nothing, or it does everything and nobody hears its answers. */
final class MutedVoter {
    private enum Mode {
        NORMAL,
        HEARS_NOTHING,
        ANSWERS_NOTHING
    }

    private volatile Mode mode = Mode.NORMAL;

    void loseQuestions() {
        mode = Mode.HEARS_NOTHING;
    }

    void loseAnswers() {
        mode = Mode.ANSWERS_NOTHING;
    }

    void heal() {
        mode = Mode.NORMAL;
    }

    Behavior<Voter.Command> around(Behavior<Voter.Command> voter) {
        return Behaviors.setup(context -> {
            var inner = context.spawn(voter, "inner");
            return Behaviors.receiveMessage(command -> {
                switch (mode) {
                    case NORMAL -> inner.tell(command);
                    case HEARS_NOTHING -> {}
                    case ANSWERS_NOTHING -> inner.tell(unanswered(command, context.getSystem()));
                }
                return Behaviors.same();
            });
        });
    }

    private static Voter.Command unanswered(Voter.Command command, ActorSystem<?> system) {
        ActorRef<Voter.Reply> nobody = system.ignoreRef();
        return switch (command) {
            case Voter.Read _ -> new Voter.Read(nobody);
            case Voter.Claim(var me, var _) -> new Voter.Claim(me, nobody);
            case Voter.Append(var position, var record, var _) -> new Voter.Append(position, record, nobody);
            case Voter.ReadEvents(var from, var limit, var _) -> new Voter.ReadEvents(from, limit, system.ignoreRef());
            case Voter.ReadPromotions(var limit, var _) -> new Voter.ReadPromotions(limit, system.ignoreRef());
        };
    }
}
