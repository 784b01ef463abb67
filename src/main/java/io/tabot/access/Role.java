package io.tabot.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the holder of a token may do. Each role may do what the ones before it may. */
public enum Role {
    VIEWER(Deed.READ),
    /** For programs that think for themselves: they say what they would change, and somebody else changes it. */
    PROPOSER(Deed.REHEARSE),
    OPERATOR(Deed.CHANGE),
    /** Looks after the process, too, and has no limit on changes. */
    ADMIN(Deed.ADMINISTER);

    private final Deed most;

    Role(Deed most) {
        this.most = most;
    }

    public boolean may(Deed deed) {
        return deed.compareTo(most) <= 0;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String id) {
        return Arrays.stream(values()).filter(role -> role.id().equals(id)).findFirst();
    }
}
