package io.tabot.config;

/**
 * The reign of one incarnation. The number is won by a majority of the voters; a promotion by an operator begins the
 * next generation, which outranks every number of the one before.
 */
public record Term(long generation, long number) implements Comparable<Term> {
    /** Before the first claim. */
    public static final Term NONE = new Term(0, 0);

    public Term {
        if (generation < 0 || number < 0) {
            throw new IllegalArgumentException("a term counts from 0: " + generation + "." + number);
        }
    }

    public Term next() {
        return new Term(generation, number + 1);
    }

    @Override
    public int compareTo(Term other) {
        return generation == other.generation
                ? Long.compare(number, other.number)
                : Long.compare(generation, other.generation);
    }

    @Override
    public String toString() {
        return generation + "." + number;
    }
}
