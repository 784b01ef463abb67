package io.tabot.strategy;

/** Which way the newest three closes go. There must be three. */
final class Closes {
    private Closes() {}

    static boolean rise(EvaluationContext context) {
        var newest = context.newest();
        var previous = context.close(newest - 1);
        return context.close(newest) > previous && previous > context.close(newest - 2);
    }

    static boolean fall(EvaluationContext context) {
        var newest = context.newest();
        var previous = context.close(newest - 1);
        return context.close(newest) < previous && previous < context.close(newest - 2);
    }
}
