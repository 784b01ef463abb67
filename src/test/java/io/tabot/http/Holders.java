package io.tabot.http;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.access.AccessToken;
import io.tabot.access.ChangeLimits;
import io.tabot.access.ChangeLimits.Limits;
import io.tabot.access.Role;
import io.tabot.access.TokenEntry;
import io.tabot.access.Tokens;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Holders of access tokens, one for each kind. */
enum Holders {
    VIEWER(Role.VIEWER, false),
    PROPOSER(Role.PROPOSER, false),
    OPERATOR(Role.OPERATOR, false),
    AGENT(Role.OPERATOR, true),
    ADMIN(Role.ADMIN, false),
    ELSEWHERE(Role.ADMIN, false, "elsewhere");

    static final String INTERNAL = "X-Petrosa-Internal-Token";
    static final int AGENT_LIMIT = 3;

    private final Role role;
    private final boolean isAgent;
    private final Set<String> environments;

    Holders(Role role, boolean isAgent, String... environments) {
        this.role = role;
        this.isAgent = isAgent;
        this.environments = Set.of(environments);
    }

    String token() {
        return token(ordinal());
    }

    String id() {
        return "the-" + name().toLowerCase(Locale.ROOT);
    }

    /** For a client's headers. */
    String[] headers() {
        return new String[] {"Authorization", "Bearer " + token()};
    }

    /** The text with each holder's name in angle brackets replaced by the holder's token. */
    static String fill(String text) {
        var filled = text;
        for (var holder : values()) {
            filled = filled.replace("<" + holder.name().toLowerCase(Locale.ROOT) + ">", holder.token());
        }
        return filled;
    }

    /** One that nobody holds. */
    static String unknown() {
        return token(99);
    }

    static Tokens all() {
        return new Tokens(Arrays.stream(values())
                .map(it -> TokenEntry.of(it.token(), it.id(), it.role, it.isAgent, it.environments))
                .toList());
    }

    /** Few changes for an agent, many for an operator. */
    static ApiAccess access() {
        var limits = new ChangeLimits(new Limits(1_000_000, AGENT_LIMIT), Clock.systemUTC(), new SimpleMeterRegistry());
        return new ApiAccess(Holders::all, List.of(INTERNAL), limits);
    }

    private static String token(int seed) {
        var bytes = new byte[AccessToken.RANDOM_BYTES];
        Arrays.fill(bytes, (byte) (seed + 1));
        return AccessToken.of(bytes);
    }
}
