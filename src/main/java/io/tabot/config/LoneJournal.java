package io.tabot.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * What one journal tells while no majority answers: its history up to the last revision but one, for an event that has
 * a successor was acknowledged. The newest one may not have been. Reads only; nothing is promised or stored.
 */
final class LoneJournal implements HistoryPages.Reader {
    /**
     * The acknowledged part of what a journal holds.
     *
     * @param generation in which the event after it was decided, so that a term of it was open on this part
     */
    record Part(String voter, Kept kept, long generation) {}

    /** A part that was read. */
    record Told(Part part, ConfigState state) {
        ConfigFeed.AcknowledgedPart message() {
            return new ConfigFeed.AcknowledgedPart(state.withoutMemory(), part.generation(), part.voter());
        }
    }

    private final Incarnations voters;
    private final ActorContext<ConfigEntity.Command> context;
    private final Consumer<Told> owner;
    private final HistoryFold fold;
    private final HistoryPages pages;
    private @Nullable Part reading;
    private @Nullable Told told;

    LoneJournal(
            String environment, Incarnations voters, ActorContext<ConfigEntity.Command> context, Consumer<Told> owner) {
        this.voters = voters;
        this.context = context;
        this.owner = owner;
        this.fold = new HistoryFold(environment);
        this.pages = new HistoryPages(voters, context, this);
    }

    /** What was read last, if anything. */
    Optional<Told> told() {
        return Optional.ofNullable(told);
    }

    /** What was read so far, sound as far as it goes. */
    ConfigState state() {
        return fold.state();
    }

    /** Reads what can be told now, unless that was done. */
    void look() {
        if (reading == null && fold.broken().isEmpty()) {
            of(voters.current())
                    .filter(part ->
                            told == null || !part.kept().equals(told.part().kept()))
                    .ifPresent(this::begin);
        }
    }

    private void begin(Part part) {
        reading = part;
        fold.begin(part.kept(), fold.state());
        readOn(part);
    }

    private void readOn(Part part) {
        var kept = part.kept();
        if (fold.isWhole(kept.revision(), kept.hash())) {
            reading = null;
            tell(new Told(part, fold.state()));
        } else if (fold.broken().isPresent()) {
            reading = null;
            context.getLog().error("journal {}: {}", part.voter(), fold.broken().get());
        } else {
            pages.ask(
                    Optional.of(new Levelling.Source(part.voter(), kept.revision())),
                    fold.state().revision() + 1);
        }
    }

    private void tell(Told now) {
        told = now;
        context.getLog()
                .warn(
                        "no majority of the voters is there: reads go on with revision {} of {},"
                                + " the newest that was acknowledged for sure",
                        now.state().revision(),
                        now.part().voter());
        owner.accept(now);
    }

    @Override
    public void came(List<ConfigEvent> events) {
        if (reading != null) {
            fold.add(events);
            readOn(reading);
        }
    }

    @Override
    public void failed(String reason) {
        reading = null;
        context.getLog().warn("could not read the history: {}", reason);
    }

    /** The newest part that any journal at hand can tell; nothing while a majority is there, or may yet answer. */
    static Optional<Part> of(Incarnation current) {
        return isStuck(current)
                ? current.voters.values().stream()
                        .filter(voter -> !voter.isWitness())
                        .flatMap(voter -> voter.known().stream()
                                .filter(state -> state.revision() > 1)
                                .map(state -> new Holder(voter.name(), state)))
                        .reduce((one, other) -> other.state().outranks(one.state()) ? other : one)
                        .map(Holder::part)
                : Optional.empty();
    }

    private record Holder(String voter, VoterState state) {
        Part part() {
            var kept = state.kept();
            return new Part(voter, kept.upTo(kept.revision() - 1), kept.origin().generation());
        }
    }

    private static boolean isStuck(Incarnation current) {
        var isBusy = current.voters.values().stream().anyMatch(voter -> voter.isAsked() || voter.isFetching());
        return !isBusy
                && current.obstacle().isEmpty()
                && switch (current.phase()) {
                    case READING -> true;
                    case CLAIMING, OPENING -> !hasMajority(current);
                    case OPEN, OVER -> false;
                };
    }

    private static boolean hasMajority(Incarnation current) {
        return current.electorate().all(current.rules::isMajority, name -> {
            var voter = current.voters.get(name);
            return voter != null && voter.isKnown() && !voter.isLost() && !voter.isEmptied();
        });
    }
}
