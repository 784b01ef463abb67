package io.tabot.strategy;

import io.tabot.market.CandleSeries;

/**
 * The indicators of one view of candles, each computed on first use and once per evaluation. An indicator is found by
 * its kind and all its periods. A bounded number of slots per kind: more different periods than that are computed
 * again, never mixed up.
 */
final class IndicatorCache {
    /** A strategy may hold so many lines of one kind at a time: beyond it the one asked for first is overwritten. */
    static final int SLOTS_MAX = 16;

    /** An indicator that was asked for in one of so many evaluations, this one included, will be asked for again. */
    private static final int USUAL_WITHIN = 4;

    private final IndicatorSlot[][] slots = new IndicatorSlot[SharedIndicator.values().length][];
    private final int[] used = new int[slots.length];
    private CandleSeries candles;
    private RuleSet ruleSet = RuleSet.PYTHON;
    private long evaluation;
    private long requests;

    /** What {@link #requests} was when each of the newest evaluations began, in a ring. */
    private final long[] begun = new long[USUAL_WITHIN];

    private final FusedGroups groups;

    IndicatorCache(CandleSeries candles, FusedGroups groups) {
        this.candles = candles;
        this.groups = groups;
    }

    /** Forgets every value, keeps every array. */
    void begin(CandleSeries candles, RuleSet ruleSet) {
        this.candles = candles;
        this.ruleSet = ruleSet;
        evaluation++;
        begun[(int) (evaluation % USUAL_WITHIN)] = requests;
    }

    CandleSeries candles() {
        return candles;
    }

    IndicatorSlot get(SharedIndicator indicator, int first, int second, int third) {
        var slot = slot(indicator.ordinal(), first, second, third);
        slot.ask(++requests);
        if (!slot.isOf(evaluation)) {
            compute(indicator, slot);
        }
        return slot;
    }

    private void compute(SharedIndicator indicator, IndicatorSlot slot) {
        var group = groups.of(indicator);
        if (group != null) {
            compute(group, indicator, slot);
        }
        if (!slot.isOf(evaluation)) {
            slot.compute(indicator, evaluation, candles, ruleSet);
        }
    }

    /** Together with all else that will be wanted too, going by what was wanted lately. */
    private void compute(FusedGroup group, SharedIndicator indicator, IndicatorSlot slot) {
        group.begin(candles, ruleSet);
        if (!group.take(indicator, slot)) {
            return;
        }
        var usualSince = begun[(int) ((evaluation + 1) % USUAL_WITHIN)];
        var kinds = group.kinds();
        for (var k = 0; k < kinds.size(); k++) {
            var kind = kinds.get(k).ordinal();
            for (var i = 0; i < used[kind]; i++) {
                var other = slots[kind][i];
                if (other != slot && other.asked() > usualSince && !other.isOf(evaluation)) {
                    group.take(kinds.get(k), other);
                }
            }
        }
        group.run(evaluation);
    }

    private IndicatorSlot slot(int kind, int first, int second, int third) {
        var candidates = slots[kind];
        for (var i = 0; i < used[kind]; i++) {
            if (candidates[i].holds(first, second, third)) {
                return candidates[i];
            }
        }
        var slot = used[kind] < SLOTS_MAX ? added(kind) : recycled(kind);
        slot.assign(first, second, third);
        return slot;
    }

    private IndicatorSlot added(int kind) {
        if (used[kind] == 0) {
            slots[kind] = new IndicatorSlot[SLOTS_MAX];
        }
        var slot = new IndicatorSlot();
        slots[kind][used[kind]++] = slot;
        return slot;
    }

    /** The one asked for longest ago: a line in use is not it, whether it was computed now or before. */
    private IndicatorSlot recycled(int kind) {
        var oldest = slots[kind][0];
        for (var i = 1; i < SLOTS_MAX; i++) {
            oldest = slots[kind][i].asked() < oldest.asked() ? slots[kind][i] : oldest;
        }
        return oldest;
    }
}
