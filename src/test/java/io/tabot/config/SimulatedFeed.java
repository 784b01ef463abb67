package io.tabot.config;

/**
 * A node's feed: shows what it hears by the rules of {@link ConfigFeed}, keeps that in its file, and tells an entity
 * what it has shown whenever it asks one for the state.
 */
final class SimulatedFeed {
    /** The head of a state that was in force somewhere. */
    record Shown(long generation, long revision, String hash) {
        static final Shown NOTHING = new Shown(0, 0, HashChain.GENESIS);
    }

    /** What an entity tells the feeds. */
    sealed interface News {
        Shown head();

        /** One event follows another. */
        record Published(Shown head, String previousHash) implements News {}

        /** It is alive. */
        record Heartbeat(Shown head) implements News {}

        /** The whole state. */
        record StateIs(Shown head) implements News {}
    }

    private final String name;
    private Shown shown = Shown.NOTHING;

    SimulatedFeed(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    Shown shown() {
        return shown;
    }

    /** Shows it or not. Whether it has to ask for the state. */
    boolean hear(News news, Mutant mutant) {
        var head = news.head();
        return switch (news) {
            case News.Published(var _, var previousHash) -> {
                var follows = mutant.isSameGeneration(head, shown)
                        && head.revision() == shown.revision() + 1
                        && previousHash.equals(shown.hash());
                if (follows) {
                    shown = new Shown(shown.generation(), head.revision(), head.hash());
                }
                yield !follows && head.revision() > shown.revision();
            }
            case News.Heartbeat _ ->
                head.revision() != shown.revision() || !head.hash().equals(shown.hash());
            case News.StateIs _ -> {
                var isNewer = mutant.isNewerState(head, shown);
                if (isNewer) {
                    shown = head;
                }
                yield !isNewer && !head.hash().equals(shown.hash());
            }
        };
    }
}
