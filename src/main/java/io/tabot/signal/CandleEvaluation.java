package io.tabot.signal;

import io.tabot.config.EffectiveConfig;
import io.tabot.market.Candle;
import io.tabot.market.CandleViews;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.RuleSet;
import io.tabot.trace.Span;
import io.tabot.trace.Tracer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the strategies of one symbol on a candle and sends what they say on its way. */
final class CandleEvaluation {
    private static final Logger LOG = LoggerFactory.getLogger(SignalActor.class);

    private final Symbol symbol;
    private final SignalActor.Parts parts;
    private final ReadAlong readAlong;
    private final SignalDesk desk;
    private final Map<Timeframe, SignalTally> tallies = new EnumMap<>(Timeframe.class);

    CandleEvaluation(Symbol symbol, SignalActor.Parts parts, ReadAlong readAlong, SignalDesk desk) {
        this.symbol = symbol;
        this.parts = parts;
        this.readAlong = readAlong;
        this.desk = desk;
    }

    /** @param views end with the candle; it is answered when its signals are stored */
    void run(SignalActor.Observe observe, CandleViews views, EffectiveConfig config) {
        var span = parts.tracer().follow("evaluate candle", Tracer.Kind.INTERNAL, observe.trace());
        var intents = intents(observe, views, config);
        if (span.isRecording()) {
            describe(span, observe, config, intents.size());
        }
        span.end();
        if (intents.isEmpty()) {
            observe.ticket().done();
        } else {
            desk.publish(SignalDesk.Key.of(observe), intents, List.of(observe.ticket()), span.context());
        }
    }

    private List<Signal> intents(SignalActor.Observe observe, CandleViews views, EffectiveConfig config) {
        parts.metrics().candle(observe.timeframe(), observe.candle());
        countUnknown(observe, views);
        var sample = parts.metrics().startEvaluation();
        var signals = parts.engine().evaluate(symbol, observe.timeframe(), views, config, parts.metrics());
        parts.metrics().evaluated(sample);
        parts.metrics().signals(signals, tally(observe.timeframe()));
        return signals.isEmpty() ? signals : withoutAlerts(signals, config.ruleSet());
    }

    private SignalTally tally(Timeframe timeframe) {
        var known = tallies.get(timeframe);
        if (known == null) {
            known = parts.metrics().tallies().of(symbol, timeframe);
            tallies.put(timeframe, known);
        }
        return known;
    }

    private void describe(Span span, SignalActor.Observe observe, EffectiveConfig config, int signals) {
        span.set("tabot.symbol", symbol.name())
                .set("tabot.timeframe", observe.timeframe().id())
                .set("tabot.open_time", observe.candle().openTime())
                .set("tabot.config_revision", config.revision())
                .set("tabot.signals", signals);
    }

    void noteGap(TimeframeState state, Candle candle) {
        var missing = state.missingBefore(candle);
        if (missing > 0) {
            parts.metrics().missing(state.timeframe, missing);
            LOG.warn("{} {}: {} candles are missing before {}", symbol, state.timeframe, missing, candle.openTime());
        }
    }

    private void countUnknown(SignalActor.Observe observe, CandleViews views) {
        var base = observe.timeframe();
        for (var higher : readAlong.of(base)) {
            if (!views.higher().isKnown(higher, base.closeTime(observe.candle().openTime()))) {
                parts.metrics().higherMissing(higher);
            }
        }
    }

    private List<Signal> withoutAlerts(List<Signal> signals, RuleSet ruleSet) {
        var alerts = new ArrayList<Publication>();
        var intents = new ArrayList<Signal>(signals.size());
        for (var signal : signals) {
            if (Publication.isAlertOnly(signal, ruleSet)) {
                alerts.add(Publication.withheld(signal, Publication.HOLD));
            } else {
                intents.add(signal);
            }
        }
        if (!alerts.isEmpty()) {
            parts.published().accept(alerts);
        }
        return intents;
    }
}
