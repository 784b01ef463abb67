package io.tabot.strategy;

/** A rule between two parameters of one strategy, which their own bounds can't express. */
public sealed interface ParameterRule {
    Parameter first();

    Parameter second();

    boolean holds(double first, double second);

    /** The rule as a sentence without its full stop. */
    String text();

    default boolean holds(ParameterValues values) {
        return holds(values.number(first()), values.number(second()));
    }

    /** The first must stay below the second. */
    record Below(Parameter first, Parameter second) implements ParameterRule {
        @Override
        public boolean holds(double lesser, double greater) {
            return lesser < greater;
        }

        @Override
        public String text() {
            return first.name() + " must be less than " + second.name();
        }
    }

    /** The first may equal the second, but not exceed it. */
    record NotAbove(Parameter first, Parameter second) implements ParameterRule {
        @Override
        public boolean holds(double lesser, double greater) {
            return lesser <= greater;
        }

        @Override
        public String text() {
            return first.name() + " must not exceed " + second.name();
        }
    }

    /**
     * A line of the first one's period is read as far back as the second says: together they may take no more candles
     * than there are, or the line is never known there and what asks for it never comes true.
     */
    record FitsWindow(Parameter first, Parameter second, int candles) implements ParameterRule {
        @Override
        public boolean holds(double period, double lookback) {
            return period + lookback <= candles;
        }

        @Override
        public String text() {
            return first.name() + " plus " + second.name() + " must not exceed " + candles;
        }
    }
}
