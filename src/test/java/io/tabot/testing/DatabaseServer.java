package io.tabot.testing;

/** The server of a journal, in a process of its own that keeps its address and its data from one start to the next. */
public interface DatabaseServer extends AutoCloseable {
    /** With user, password and database, as the settings take it. */
    String uri();

    void start();

    /** Ends it in an orderly way. */
    void stop();

    /** Ends it as a power cut would. */
    void kill();

    /** Freezes it: its connections stay open, and nothing answers. */
    void pause();

    void resume();

    /** Throws away all that it keeps, as a lost disk would. It must not run. */
    void empty();

    @Override
    void close();
}
