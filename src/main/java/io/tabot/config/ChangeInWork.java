package io.tabot.config;

import java.util.List;

/** The one change that a {@link ConfigEntity} is at. */
sealed interface ChangeInWork {
    /** It is decided once the history was read. */
    record NeedsHistory(ConfigEntity.Change change, List<ConfigEvent> history) implements ChangeInWork {}

    /**
     * It was decided, and the voters are asked to remember it.
     *
     * @param answered whether its caller was told already that it is unconfirmed
     */
    record Persisting(ConfigEntity.Change change, Outcome.Accept accept, ConfigState before, boolean answered)
            implements ChangeInWork {
        static final ChangeReply MAYBE_LATER = new ChangeReply.Unconfirmed(
                "not confirmed in time; it may still take effect; repeat with the same idempotency key");

        /** Tells the caller that these voters hold it, unless it was told something already. */
        void stored(List<String> holders) {
            if (!answered) {
                change.replyTo().tell(new ChangeReply.Decided(accept, before, holders));
            }
        }

        /** What another change is told, or the same one again, while this one is not confirmed. */
        ChangeReply answerTo(ConfigEntity.Change other, String whyNoChanges) {
            var key = other.command().meta().idempotency();
            var isSame = key != null && key.equals(change.command().meta().idempotency());
            return isSame
                    ? MAYBE_LATER
                    : new ChangeReply.ReadOnly("an earlier change is not confirmed yet; " + whyNoChanges);
        }
    }
}
