package io.tabot.config;

import java.util.List;

/** What an operator may set about the rules. */
public record RuleSettings(List<String> quoteCurrencies) {
    public static final RuleSettings DEFAULTS = new RuleSettings(List.of("USDT", "BUSD", "BTC", "ETH", "BNB", "USDC"));

    public static final int SYMBOL_LENGTH_MIN = 5;
    public static final int SYMBOL_LENGTH_MAX = 20;
    public static final int CHANGED_BY_LENGTH_MAX = 100;
    public static final int REASON_LENGTH_MAX = 1_000;
    public static final int DECISION_ID_LENGTH_MAX = 200;
    public static final int REASONING_LENGTH_MAX = 10_000;
    public static final int IDEMPOTENCY_KEY_LENGTH_MAX = 200;
    /** Items of any one list. */
    public static final int LIST_LENGTH_MAX = 5_000;

    /** Edits of one command. */
    public static final int EDITS_MAX = 1_000;

    public RuleSettings {
        quoteCurrencies = List.copyOf(quoteCurrencies);
        if (quoteCurrencies.isEmpty()) {
            throw new IllegalArgumentException("no quote currencies: no symbol would be valid");
        }
    }
}
