package io.tabot.http;

import java.time.Duration;

/**
 * What callers may ask of backtests, which take CPU time from the signals.
 *
 * @param candlesMax of one run
 * @param timeout of one run, reading its candles included
 * @param atOnce runs at a time; more are refused
 */
public record BacktestLimits(int candlesMax, Duration timeout, int atOnce) {}
