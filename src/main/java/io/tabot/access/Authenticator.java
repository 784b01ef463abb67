package io.tabot.access;

import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;

/** Tells who a request comes from, by the tokens that came with it. */
public final class Authenticator {
    /** What the tokens show. */
    public sealed interface Verdict {
        record Known(Caller caller) implements Verdict {}

        record Missing() implements Verdict {}

        /** None of ours, or several different ones. */
        record Unknown() implements Verdict {}

        /** One of ours, for other environments. */
        record Elsewhere() implements Verdict {}
    }

    private final Supplier<Tokens> tokens;
    private final String environment;

    /** @param environment the one that this process serves */
    public Authenticator(Supplier<Tokens> tokens, String environment) {
        this.tokens = tokens;
        this.environment = environment;
    }

    public Verdict judge(Collection<String> presented) {
        var different = Set.copyOf(presented);
        if (different.isEmpty()) {
            return new Verdict.Missing();
        }
        // With several, what is in front of this service may have checked another one than we would.
        if (different.size() > 1) {
            return new Verdict.Unknown();
        }
        return tokens.get()
                .find(different.iterator().next())
                .<Verdict>map(entry ->
                        entry.isGoodIn(environment) ? new Verdict.Known(entry.caller()) : new Verdict.Elsewhere())
                .orElse(new Verdict.Unknown());
    }
}
