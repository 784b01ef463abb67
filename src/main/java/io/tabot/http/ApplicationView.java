package io.tabot.http;

import io.tabot.config.AppConfig;
import io.tabot.config.ConfigState;
import io.tabot.config.DocumentKey;
import io.tabot.config.StoredDocument;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The application document as the API shows it. Where nothing was ever configured it has version 0 and no times. */
record ApplicationView(
        List<String> enabledStrategies,
        List<String> symbols,
        List<String> candlePeriods,
        double minConfidence,
        double maxConfidence,
        int maxPositions,
        List<Integer> positionSizes,
        String ruleSet,
        boolean paused,
        long version,
        long revision,
        String source,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {
    /** What the source is called where nothing is stored. */
    static final String DEFAULT = "default";

    static final DocumentView SHOWN = new DocumentView(DocumentKey.APPLICATION, List.of(), ApplicationView::of);

    static ApplicationView of(ConfigState state, String source) {
        return state.document(DocumentKey.APPLICATION)
                .map(stored -> of(state.application(), stored, source))
                .orElseGet(() -> of(AppConfig.UNCONFIGURED, null, DEFAULT));
    }

    private static ApplicationView of(AppConfig config, @Nullable StoredDocument stored, String source) {
        return new ApplicationView(
                config.enabledStrategies(),
                config.symbols(),
                config.candlePeriods(),
                config.minConfidence(),
                config.maxConfidence(),
                config.maxPositions(),
                config.positionSizes(),
                config.ruleSet().id(),
                config.paused(),
                stored == null ? 0 : stored.version(),
                stored == null ? 0 : stored.revision(),
                source,
                stored == null ? null : stored.createdAt(),
                stored == null ? null : stored.updatedAt());
    }
}
