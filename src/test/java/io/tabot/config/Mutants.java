package io.tabot.config;

import io.tabot.journal.StoredRecord;
import io.tabot.journal.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/** Protocols with one rule broken, by name. */
final class Mutants {
    private static final Map<String, Mutant> ALL = Map.ofEntries(
            Map.entry("ack-on-one", of(new AckOnOne())),
            Map.entry("open-on-one", of(new OpenOnOne())),
            Map.entry("claim-is-history", new ClaimIsHistory()),
            Map.entry("longest-wins", of(new LongestWins())),
            Map.entry("revision-only", of(new RevisionOnly())),
            Map.entry("show-before-open", of(new ShowBeforeOpen())),
            Map.entry("no-fence", new NoFence()),
            Map.entry("no-unique-number", new NoUniqueNumber()),
            Map.entry("empty-voter-counts", of(new EmptyVoterCounts())),
            Map.entry("no-term-record", new NoTermRecord()),
            Map.entry("same-term-number", new SameTermNumber()),
            Map.entry("blind-catch-up", of(new BlindCatchUp())),
            Map.entry("read-without-claim", new ReadWithoutClaim()),
            Map.entry("new-voters-alone", of(new NewVotersAlone())),
            Map.entry("settled-too-early", of(new SettledTooEarly())),
            Map.entry("revision-reused", new RevisionReused()),
            Map.entry("timeout-is-stored", new TimeoutIsStored()),
            Map.entry("refilled-too-early", new RefilledTooEarly()),
            Map.entry("writer-id-reused", new WriterIdReused()),
            Map.entry("keys-forgotten", new KeysForgotten()),
            Map.entry("feeds-not-asked", new FeedsNotAsked()),
            Map.entry("feeds-go-back", new FeedsGoBack()),
            Map.entry("feeds-mix-generations", new FeedsMixGenerations()),
            Map.entry("veto-outlives-promotion", new VetoOutlivesPromotion()));

    private Mutants() {}

    static Mutant named(String name) {
        var mutant = ALL.get(name);
        if (mutant == null) {
            throw new IllegalArgumentException("no mutant is called " + name);
        }
        return mutant;
    }

    static List<String> names() {
        return ALL.keySet().stream().sorted().toList();
    }

    private static Mutant of(ProtocolRules rules) {
        return new Mutant() {
            @Override
            ProtocolRules rules() {
                return rules;
            }
        };
    }

    /** One voter suffices for the acknowledgement. */
    private static final class AckOnOne extends ProtocolRules {
        @Override
        boolean isDurable(Collection<String> voters, Predicate<String> holdsIt) {
            return voters.stream().anyMatch(holdsIt);
        }
    }

    /** A term is opened with one promise. */
    private static final class OpenOnOne extends ProtocolRules {
        @Override
        boolean isEnoughToOpen(Collection<String> voters, Predicate<String> hasPromised) {
            return voters.stream().anyMatch(hasPromised);
        }

        @Override
        boolean isOpen(Collection<String> voters, Predicate<String> hasOpened) {
            return voters.stream().anyMatch(hasOpened);
        }
    }

    /** The promise itself makes a history the highest. */
    private static final class ClaimIsHistory extends Mutant {
        @Override
        VoterState told(VoterState state) {
            return new VoterState(
                    state.position(), state.fence(), state.fence().term(), state.kept(), state.reign(), state.isFull());
        }

        @Override
        ProtocolRules rules() {
            return new ProtocolRules() {
                @Override
                boolean hasOpened(VoterState state, Writer me) {
                    return hasPromised(state, me) && state.reign().term().equals(me.term());
                }
            };
        }
    }

    /** Length counts more than the term. */
    private static final class LongestWins extends ProtocolRules {
        @Override
        boolean outranks(VoterState one, VoterState other) {
            return Comparator.comparingLong(VoterState::revision)
                            .thenComparing(VoterState::last)
                            .compare(one, other)
                    > 0;
        }
    }

    /** Length alone counts. */
    private static final class RevisionOnly extends ProtocolRules {
        @Override
        boolean outranks(VoterState one, VoterState other) {
            return one.revision() > other.revision();
        }
    }

    /** What was found at the start is shown at once. */
    private static final class ShowBeforeOpen extends ProtocolRules {
        @Override
        boolean isOpen(Collection<String> voters, Predicate<String> hasOpened) {
            return true;
        }
    }

    /** A deposed writer goes on, and the voters let it. */
    private static final class NoFence extends Mutant {
        @Override
        ProtocolRules rules() {
            return new ProtocolRules() {
                @Override
                boolean isDeposed(Writer me, Writer fence) {
                    return false;
                }

                @Override
                boolean hasPromised(VoterState state, Writer me) {
                    return state.fence().term().compareTo(me.term()) >= 0;
                }

                @Override
                boolean hasOpened(VoterState state, Writer me) {
                    return hasPromised(state, me) && state.last().equals(me.term());
                }
            };
        }

        @Override
        Verdict onAppend(String voter, VoterState state, long expectedPosition, VoterRecord record) {
            return storeAt(voter, state, expectedPosition, record);
        }
    }

    /** The database takes a second record at a number. */
    private static final class NoUniqueNumber extends Mutant {
        @Override
        boolean isUnique() {
            return false;
        }
    }

    /** A voter that has lost everything votes. */
    private static final class EmptyVoterCounts extends ProtocolRules {
        @Override
        boolean isLost(VoterState state) {
            return false;
        }
    }

    /** There is no opening record: an old event counts as soon as it is on two. */
    private static final class NoTermRecord extends Mutant {
        private static final class Rules extends ProtocolRules {
            private Incarnation incarnation;

            @Override
            boolean hasOpened(VoterState state, Writer me) {
                return hasPromised(state, me);
            }

            @Override
            boolean isLost(VoterState state) {
                return state.position() == 0;
            }

            @Override
            boolean isOpen(Collection<String> voters, Predicate<String> hasOpened) {
                return isMajority(
                        voters,
                        voter -> incarnation.voters.get(voter).confirmed()
                                >= incarnation.history().revision());
            }
        }

        @Override
        Incarnation incarnation(Collection<String> voters, String writerId) {
            var rules = new Rules();
            rules.incarnation = new Incarnation(voters, writerId, rules);
            return rules.incarnation;
        }
    }

    /** Two writers may have one number. */
    private static final class SameTermNumber extends Mutant {
        @Override
        ProtocolRules rules() {
            return new ProtocolRules() {
                @Override
                boolean isDeposed(Writer me, Writer fence) {
                    return fence.term().compareTo(me.term()) > 0;
                }

                @Override
                boolean hasPromised(VoterState state, Writer me) {
                    return state.fence().term().equals(me.term());
                }

                @Override
                boolean hasOpened(VoterState state, Writer me) {
                    return hasPromised(state, me) && state.last().equals(me.term());
                }
            };
        }

        @Override
        Verdict onClaim(String voter, VoterState state, Writer me) {
            return state.fence().term().equals(me.term())
                    ? new Verdict.Say(new Voter.Claimed(voter, state))
                    : super.onClaim(voter, state, me);
        }

        @Override
        Verdict onAppend(String voter, VoterState state, long expectedPosition, VoterRecord record) {
            return state.fence().term().equals(record.by().term())
                    ? storeAt(voter, state, expectedPosition, record)
                    : super.onAppend(voter, state, expectedPosition, record);
        }
    }

    /** Catching up compares lengths, not hashes. */
    private static final class BlindCatchUp extends ProtocolRules {
        @Override
        long shared(Kept voter, Kept history) {
            return Math.min(voter.revision(), history.revision());
        }
    }

    /** The history is chosen by reading, without a promise. */
    private static final class ReadWithoutClaim extends Mutant {
        @Override
        ProtocolRules rules() {
            return new ProtocolRules() {
                @Override
                boolean hasPromised(VoterState state, Writer me) {
                    return state.fence().term().compareTo(me.term()) <= 0;
                }
            };
        }

        @Override
        Verdict onAppend(String voter, VoterState state, long expectedPosition, VoterRecord record) {
            return record.by().term().compareTo(state.fence().term()) > 0
                    ? storeAt(voter, state, expectedPosition, record)
                    : super.onAppend(voter, state, expectedPosition, record);
        }
    }

    /** The new voters stand alone as soon as they are level. */
    private static final class NewVotersAlone extends ProtocolRules {
        @Override
        List<List<String>> countedWhileChanging(List<String> outgoing, List<String> incoming) {
            return List.of(incoming);
        }
    }

    /** The witness forgets what one journal holds. */
    private static final class SettledTooEarly extends ProtocolRules {
        @Override
        long settled(LongStream confirmed) {
            return confirmed.max().orElse(Kept.NONE);
        }
    }

    /** A revision that was not confirmed is given to another event. */
    private static final class RevisionReused extends Mutant {
        @Override
        Incarnation incarnation(Collection<String> voters, String writerId) {
            return new Incarnation(voters, writerId) {
                @Override
                List<Step> silent(String name) {
                    var steps = super.silent(name);
                    var pending = pending();
                    if (phase() == Phase.OPEN && pending.isPresent()) {
                        var before = history().upTo(pending.get().revision() - 1);
                        levelling = new Levelling(rules, this.voters.values(), me(), Reign.NONE, before);
                        this.voters.values().forEach(voter -> voter.judge(rules, me(), before, false));
                    }
                    return steps;
                }
            };
        }
    }

    /** No answer is taken for a good one. */
    private static final class TimeoutIsStored extends Mutant {
        @Override
        Incarnation incarnation(Collection<String> voters, String writerId) {
            return new Incarnation(voters, writerId) {
                @Override
                List<Step> silent(String name) {
                    var voter = this.voters.get(name);
                    var steps = new ArrayList<>(super.silent(name));
                    if (phase() == Phase.OPEN && pending().isPresent() && voter.isOpened()) {
                        voter.confirm(history().revision());
                        commit(steps);
                    }
                    return steps;
                }
            };
        }
    }

    /** A voter that lost everything is filled while others lack something. */
    private static final class RefilledTooEarly extends Mutant {
        @Override
        Incarnation incarnation(Collection<String> voters, String writerId) {
            return new Incarnation(voters, writerId) {
                @Override
                boolean mayBeAsked(VoterProgress voter) {
                    return true;
                }
            };
        }
    }

    /** An incarnation has the name of the process. */
    private static final class WriterIdReused extends Mutant {
        @Override
        boolean isWriterFresh() {
            return false;
        }
    }

    /** A new incarnation knows nothing of the keys before it. */
    private static final class KeysForgotten extends Mutant {
        @Override
        IdempotencyMemory remembered(IdempotencyMemory ofHistory) {
            return IdempotencyMemory.NONE;
        }
    }

    /** What feeds have shown is no reason not to go on. */
    private static final class FeedsNotAsked extends Mutant {
        @Override
        Optional<String> veto(HistoryFold fold, Kept history, long generation) {
            return Optional.empty();
        }
    }

    /** A feed shows whatever it hears last. */
    private static final class FeedsGoBack extends Mutant {
        @Override
        boolean isNewerState(SimulatedFeed.Shown state, SimulatedFeed.Shown shown) {
            return true;
        }
    }

    /** A feed takes a late event of before a promotion. */
    private static final class FeedsMixGenerations extends Mutant {
        @Override
        boolean isSameGeneration(SimulatedFeed.Shown head, SimulatedFeed.Shown shown) {
            return true;
        }
    }

    /** What was given up by a promotion goes on to count. */
    private static final class VetoOutlivesPromotion extends Mutant {
        @Override
        Optional<String> veto(HistoryFold fold, Kept history, long generation) {
            return fold.checkAgainstSeen(history, 0);
        }
    }

    private static Verdict storeAt(String voter, VoterState state, long expectedPosition, VoterRecord record) {
        return expectedPosition == state.position()
                ? new Verdict.Store(new StoredRecord(state.position() + 1, record))
                : new Verdict.Say(new Voter.Moved(voter, state));
    }
}
