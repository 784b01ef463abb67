package io.tabot.ops;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Judges, look by look, whether others may rely on the signals of this node. Pure: it knows what it is told. A verdict
 * changes only after three equal findings in a row.
 */
public final class HealthEvaluator {
    /** What others act on. */
    public enum Verdict {
        HEALTHY,
        UNHEALTHY,
        UNKNOWN
    }

    /**
     * One look.
     *
     * @param candles why candles can't be relied on; nothing when they can
     * @param evaluations since the start, as are seconds and signals
     * @param revision of the configuration: another one makes another number of signals
     */
    public record Sample(
            boolean natsConnected,
            Optional<String> candles,
            long evaluations,
            double evaluationSeconds,
            long signals,
            long revision) {}

    /** A verdict and its reason, a sentence without secrets. */
    public record Finding(Verdict verdict, String reason) {}

    static final int EQUAL_FINDINGS = 3;
    static final double EVALUATION_MAX_SECONDS = 5;

    /** Candles after which the share of signals says something; a fixed time may hold no candle at all. */
    static final int STRETCH = 200;

    static final int STRETCHES_MIN = 4;
    static final int STRETCHES_MAX = 8;

    /** Signals a candle below which silence is nothing unusual. */
    static final double SHARE_MIN = 0.02;

    static final double COLLAPSE = 0.1;

    private final Deque<Double> shares = new ArrayDeque<>();
    private Optional<Sample> last = Optional.empty();
    private Optional<Sample> stretchStart = Optional.empty();
    private boolean isSilent;
    private Finding published = new Finding(Verdict.UNKNOWN, "nothing was seen yet");
    private Verdict candidate = Verdict.UNKNOWN;
    private int equal;

    /** The verdict as of this look. */
    public Finding take(Sample sample) {
        var raw = judge(sample);
        last = Optional.of(sample);
        equal = raw.verdict() == candidate ? equal + 1 : 1;
        candidate = raw.verdict();
        if (raw.verdict() == published.verdict() || equal >= EQUAL_FINDINGS) {
            published = raw;
        }
        return published;
    }

    private Finding judge(Sample sample) {
        if (last.isEmpty()) {
            begin(sample);
            return new Finding(Verdict.UNKNOWN, "the first look");
        }
        var before = last.get();
        if (sample.evaluations() < before.evaluations() || sample.signals() < before.signals()) {
            begin(sample);
            return new Finding(Verdict.UNKNOWN, "counting began anew");
        }
        if (sample.revision() != before.revision()) {
            begin(sample);
        }
        measure(sample);
        return unhealthy(sample, before)
                .map(reason -> new Finding(Verdict.UNHEALTHY, reason))
                .orElseGet(() -> new Finding(Verdict.HEALTHY, "candles come in, and are evaluated in time"));
    }

    private Optional<String> unhealthy(Sample sample, Sample before) {
        if (!sample.natsConnected()) {
            return Optional.of("NATS is not connected");
        }
        if (sample.candles().isPresent()) {
            return sample.candles();
        }
        var evaluations = sample.evaluations() - before.evaluations();
        var seconds = sample.evaluationSeconds() - before.evaluationSeconds();
        if (evaluations > 0 && seconds / evaluations > EVALUATION_MAX_SECONDS) {
            return Optional.of("an evaluation takes more than " + (int) EVALUATION_MAX_SECONDS + " s");
        }
        return isSilent
                ? Optional.of("signals have become less than a tenth of what they were, on as many candles")
                : Optional.empty();
    }

    private void begin(Sample sample) {
        shares.clear();
        isSilent = false;
        stretchStart = Optional.of(sample);
    }

    /** A silent stretch is no measure for the next one: or silence would be taken for healthy after a while. */
    private void measure(Sample sample) {
        var start = stretchStart.orElse(sample);
        var candles = sample.evaluations() - start.evaluations();
        if (candles < STRETCH) {
            return;
        }
        stretchStart = Optional.of(sample);
        var share = (sample.signals() - start.signals()) / (double) candles;
        var usual = shares.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        isSilent = shares.size() >= STRETCHES_MIN && usual >= SHARE_MIN && share < COLLAPSE * usual;
        if (!isSilent) {
            shares.addLast(share);
            if (shares.size() > STRETCHES_MAX) {
                shares.removeFirst();
            }
        }
    }
}
