package io.tabot.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stages of a strategy's life. A record of what people decided about it: signals do not depend on it.
 *
 * <pre>
 * (none)      -> registered
 * registered  -> backtested, retired
 * backtested  -> admitted, registered, retired
 * admitted    -> live_trial, demoted, retired
 * live_trial  -> graduated, demoted, retired
 * graduated   -> demoted, retired
 * demoted     -> admitted, live_trial, retired
 * retired     -> registered
 * </pre>
 */
public enum LifecycleState {
    REGISTERED,
    BACKTESTED,
    ADMITTED,
    LIVE_TRIAL,
    GRADUATED,
    DEMOTED,
    RETIRED;

    public static final List<String> IDS =
            Arrays.stream(values()).map(LifecycleState::id).toList();

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<LifecycleState> of(String id) {
        return Arrays.stream(values()).filter(state -> state.id().equals(id)).findFirst();
    }

    /** What may come next; null is before the first. */
    static List<LifecycleState> after(@Nullable LifecycleState state) {
        return switch (state) {
            case null -> List.of(REGISTERED);
            case REGISTERED -> List.of(BACKTESTED, RETIRED);
            case BACKTESTED -> List.of(ADMITTED, REGISTERED, RETIRED);
            case ADMITTED -> List.of(LIVE_TRIAL, DEMOTED, RETIRED);
            case LIVE_TRIAL -> List.of(GRADUATED, DEMOTED, RETIRED);
            case GRADUATED -> List.of(DEMOTED, RETIRED);
            case DEMOTED -> List.of(ADMITTED, LIVE_TRIAL, RETIRED);
            case RETIRED -> List.of(REGISTERED);
        };
    }
}
