package io.tabot.strategy;

import io.tabot.market.CandleSeries;
import java.util.List;

/**
 * Indicators that are computed in the same loops: begin, take what is wanted while there is room, run. Belongs to one
 * thread.
 */
abstract sealed class FusedGroup permits FusedCloses, FusedAdjusted {
    private static final int TAKEN_MAX = 16;

    private final List<SharedIndicator> kinds;
    private final SharedIndicator[] takenKinds = new SharedIndicator[TAKEN_MAX];
    private final IndicatorSlot[] takenSlots = new IndicatorSlot[TAKEN_MAX];
    private int taken;

    FusedGroup(SharedIndicator... kinds) {
        this.kinds = List.of(kinds);
    }

    /** What this group can take, in the order in which it should. */
    final List<SharedIndicator> kinds() {
        return kinds;
    }

    /** Forgets what was taken, and turns to these candles. */
    final void begin(CandleSeries candles, RuleSet ruleSet) {
        taken = 0;
        turnTo(candles, ruleSet);
    }

    /** Whether there was room, and candles enough for a value. */
    final boolean take(SharedIndicator kind, IndicatorSlot slot) {
        if (taken == TAKEN_MAX || !isTaken(kind, slot)) {
            return false;
        }
        takenKinds[taken] = kind;
        takenSlots[taken++] = slot;
        return true;
    }

    /** Computes all that was taken. What overflows stays stale: only the plain way knows what becomes of it. */
    final void run(long evaluation) {
        compute();
        for (var i = 0; i < taken; i++) {
            if (finish(takenKinds[i], takenSlots[i])) {
                takenSlots[i].computedIn(evaluation);
            }
        }
    }

    abstract void turnTo(CandleSeries candles, RuleSet ruleSet);

    abstract boolean isTaken(SharedIndicator kind, IndicatorSlot slot);

    abstract void compute();

    /** Whether everything was finite. */
    abstract boolean finish(SharedIndicator kind, IndicatorSlot slot);
}
