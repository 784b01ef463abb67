package io.tabot.http;

import io.tabot.access.ChangeLimits;
import io.tabot.access.Tokens;
import java.util.List;
import java.util.function.Supplier;

/**
 * What an API with access tokens needs.
 *
 * @param tokens those in force now
 * @param headers where a token may come, besides {@code Authorization: Bearer}
 * @param limits on changes
 */
public record ApiAccess(Supplier<Tokens> tokens, List<String> headers, ChangeLimits limits) {
    public ApiAccess {
        headers = List.copyOf(headers);
    }
}
