package io.tabot.config;

import io.tabot.journal.StoredRecord;
import io.tabot.journal.Verdict;
import io.tabot.journal.VoterLog;

/** A voter without an actor: answers at once, as a journal would, and never fails. */
final class SimulatedLog {
    private final String name;
    private VoterLog log = VoterLog.EMPTY;

    SimulatedLog(String name) {
        this.name = name;
    }

    Kept kept() {
        return log.kept();
    }

    Voter.Reply answer(Step.Request request) {
        return switch (request) {
            case Step.Read() -> new Voter.Holds(name, log.state());
            case Step.Claim(var me) ->
                switch (Verdict.onClaim(name, log.state(), me)) {
                    case Verdict.Say(var reply) -> reply;
                    case Verdict.Store(var record) -> new Voter.Claimed(name, stored(record));
                };
            case Step.Append(var position, var record) ->
                switch (Verdict.onAppend(name, log.state(), position, record)) {
                    case Verdict.Say(var reply) -> reply;
                    case Verdict.Store(var stored) -> new Voter.Stored(name, stored(stored));
                };
        };
    }

    private VoterState stored(StoredRecord record) {
        log = log.apply(record);
        return log.state();
    }
}
