package io.tabot.config;

import io.tabot.market.Timeframe;
import io.tabot.testing.Events;
import java.util.List;
import java.util.Set;

/** Views of a configuration in force, for tests of what looks at it. */
public final class ShownConfig {
    private ShownConfig() {}

    /** With the defaults, for one symbol and timeframe. */
    public static ConfigView of(String symbol, Timeframe timeframe) {
        var view = new ConfigView();
        view.show(new ConfigView.InForce(
                ConfigState.empty("test"),
                AppConfig.defaults(Events.CATALOG, List.of(symbol), List.of(timeframe.id())),
                Set.of(),
                null,
                "embedded",
                List.of(),
                0));
        return view;
    }
}
