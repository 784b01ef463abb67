package io.tabot.nats;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that can be set about NATS. Values that can't work together are refused here, at the start. */
public record NatsSettings(
        NatsUrl url,
        String connectionName,
        NatsCredentials credentials,
        Mode mode,
        Candles candles,
        Signals signals,
        Notices notices) {

    public enum Mode {
        /** Candles come from a durable consumer, signals are stored: at least once, and each signal once. */
        JETSTREAM,
        /** Plain subscriptions and publications: at most once. */
        CORE
    }

    /**
     * @param subjects of our own candle messages; the last two parts are symbol and timeframe
     * @param klineSubjects of Binance kline events; read as plain subscriptions in both modes, since a firehose is not
     *     worth storing
     * @param extractionSubjects of the extractor's notices; kept in the candle stream
     */
    public record Candles(
            List<String> subjects,
            List<String> klineSubjects,
            List<String> extractionSubjects,
            StreamSettings stream,
            Delivery delivery) {
        public Candles {
            subjects = List.copyOf(subjects);
            klineSubjects = List.copyOf(klineSubjects);
            extractionSubjects = List.copyOf(extractionSubjects);
            subjects.forEach(SubjectPattern::requireCandleSubject);
            klineSubjects.forEach(SubjectPattern::requireValid);
            extractionSubjects.forEach(SubjectPattern::requireValid);
            requireEachOnce(extractionSubjects);
        }

        /** A notice that two subscriptions hear is handled twice. */
        private static void requireEachOnce(List<String> subjects) {
            for (int i = 0; i < subjects.size(); i++) {
                for (int j = 0; j < subjects.size(); j++) {
                    if (i != j && SubjectPattern.covers(subjects.get(i), subjects.get(j))) {
                        throw new IllegalArgumentException("'" + subjects.get(i) + "' has all notices of '"
                                + subjects.get(j) + "': leave that out");
                    }
                }
            }
        }

        private List<String> all() {
            return Stream.of(subjects, klineSubjects, extractionSubjects)
                    .flatMap(List::stream)
                    .toList();
        }
    }

    /**
     * @param durable name of the durable consumer and of the queue group; nodes with the same name share the candles
     * @param ackWait after this long without an answer a candle is delivered again
     * @param maxAckPending how many candles may be unanswered, on all nodes together
     * @param fetchBatch how many candles are asked for at once
     * @param buffer plain subscriptions only: how many candles may wait inside the process before one is dropped
     */
    public record Delivery(String durable, Duration ackWait, int maxAckPending, int fetchBatch, int buffer) {
        public Delivery {
            if (!durable.matches("[A-Za-z0-9_-]{1,64}")) {
                throw new IllegalArgumentException("'" + durable + "' is no consumer name: letters, digits, - and _");
            }
            requirePositive("ack wait", ackWait);
            if (maxAckPending < 1 || fetchBatch < 1 || buffer < 1) {
                throw new IllegalArgumentException("max ack pending, fetch batch and buffer must be at least 1");
            }
        }
    }

    /**
     * @param subject signals go to this subject followed by a dot and the strategy's id
     * @param maxAge a signal whose candle closed longer ago is withheld; zero sends every one
     * @param publishTimeout how long to try before a candle's signals count as not stored
     * @param inFlight how many signals may wait for the server's confirmation at once
     * @param node whom signals name as their sender in a header; nothing where there is one node alone
     */
    public record Signals(
            String subject,
            StreamSettings stream,
            Duration maxAge,
            Duration publishTimeout,
            int inFlight,
            Optional<String> node) {
        public Signals {
            subject = SubjectPattern.base(subject);
            if (maxAge.isNegative()) {
                throw new IllegalArgumentException("the max age of signals may not be negative; 0 turns it off");
            }
            requirePositive("publish timeout", publishTimeout);
            if (inFlight < 1) {
                throw new IllegalArgumentException("signals in flight must be at least 1");
            }
        }
    }

    /**
     * What is told about the configuration.
     *
     * @param subject changes go to this subject followed by {@code .changed}, the head to the one by {@code .head}, and
     *     nodes that look for each other use {@code .members}
     * @param changes whether changes are told
     * @param headInterval how often the head is told; zero never
     * @param headStream keeps the heads; nothing where whoever listens keeps them
     */
    public record Notices(String subject, boolean changes, Duration headInterval, Optional<StreamSettings> headStream) {
        public Notices {
            subject = SubjectPattern.base(subject);
            if (headInterval.isNegative()) {
                throw new IllegalArgumentException("the interval of heads may not be negative; 0 turns them off");
            }
        }

        String changedSubject() {
            return subject + ".changed";
        }

        /** Where nodes ask each other whether they are in a cluster. */
        String membersSubject() {
            return subject + ".members";
        }

        String headSubject() {
            return subject + ".head";
        }
    }

    public NatsSettings {
        var window = signals.stream().duplicateWindow();
        if (candles.all().isEmpty()) {
            throw new IllegalArgumentException("there is no candle subject to listen to");
        }
        // A repeated signal is recognised only within the duplicate window, so nothing may be sent again after it.
        if (signals.maxAge().compareTo(window) > 0) {
            throw new IllegalArgumentException(
                    "the max age of signals may not exceed their duplicate window, " + window);
        }
        if (candles.delivery().ackWait().multipliedBy(2).compareTo(window) > 0) {
            throw new IllegalArgumentException("ack wait may be at most half the duplicate window, " + window);
        }
        if (signals.publishTimeout().compareTo(candles.delivery().ackWait()) >= 0) {
            throw new IllegalArgumentException("the publish timeout must be shorter than ack wait");
        }
        requireApart(notices.changedSubject(), candles, signals);
        if (mode == Mode.CORE && notices.headStream().isPresent()) {
            throw new IllegalArgumentException("mode core has no streams, so it can't keep heads in one");
        }
    }

    /** A notice that comes back as a candle is refused each time; one among the signals misleads their readers. */
    private static void requireApart(String notice, Candles candles, Signals signals) {
        Stream.concat(candles.all().stream(), Stream.of(signals.subject() + ".>"))
                .filter(subject -> SubjectPattern.covers(subject, notice))
                .findFirst()
                .ifPresent(subject -> {
                    throw new IllegalArgumentException("notices about the configuration on " + notice
                            + " would be taken for candles or signals on " + subject);
                });
    }

    /** The defaults of every value, for one environment. */
    public static NatsSettings defaults(NatsUrl url, String environment) {
        var durable = "tabot-" + environment;
        var candleStream = new StreamSettings(
                "TABOT_CANDLES", 2_000, Duration.ZERO, Duration.ofMinutes(2), StreamSettings.Storage.FILE, 1);
        var signalStream = new StreamSettings(
                "TABOT_SIGNALS", 0, Duration.ofDays(7), Duration.ofHours(1), StreamSettings.Storage.FILE, 1);
        return new NatsSettings(
                url,
                durable,
                NatsCredentials.NONE,
                Mode.JETSTREAM,
                new Candles(
                        List.of("candles.*.*"),
                        List.of(),
                        List.of(),
                        candleStream,
                        new Delivery(durable, Duration.ofSeconds(30), 1000, 256, 4096)),
                new Signals(
                        "cio.intent.trading",
                        signalStream,
                        Duration.ofSeconds(300),
                        Duration.ofSeconds(20),
                        2048,
                        Optional.empty()),
                new Notices("tabot.config." + environment, true, Duration.ofSeconds(60), Optional.empty()));
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }
}
