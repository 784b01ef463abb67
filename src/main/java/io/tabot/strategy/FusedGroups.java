package io.tabot.strategy;

import io.tabot.market.CandleSeries;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The groups that a kernel has, and the room that they compute in. */
final class FusedGroups {
    private final Map<SharedIndicator, FusedGroup> groups = new EnumMap<>(SharedIndicator.class);

    FusedGroups(Kernel kernel, CandleSeries none) {
        List<FusedGroup> all = switch (kernel) {
            case PLAIN -> List.of();
            case FUSED -> List.of(new FusedCloses(), new FusedAdjusted(none));
        };
        all.forEach(group -> group.kinds().forEach(kind -> groups.put(kind, group)));
    }

    /** The one that can take such an indicator, if any can. */
    @Nullable FusedGroup of(SharedIndicator kind) {
        return groups.get(kind);
    }
}
