package io.tabot.http;

import io.tabot.live.LiveEntry;
import io.tabot.live.LiveLog;
import io.tabot.live.LiveLog.Gap;
import io.tabot.live.StreamEnd;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the frames of a stream say, in JSON, however they are sent.
 *
 * @param event what an entry is called
 * @param write one entry as JSON, in one line
 */
record StreamTexts<T>(LiveLog<T> log, String environment, String event, Function<T, String> write) {
    private record Missing(String after, String upTo, String reason) {}

    private record End(String reason, String message, String resumeFrom) {}

    String opening(long after, long head) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("environment", environment);
        fields.put("after", log.id(after));
        fields.put("head", log.id(head));
        fields.putAll(new TreeMap<>(log.description()));
        return text(fields);
    }

    String entry(LiveEntry<T> entry) {
        return entry.json(write);
    }

    String gap(Gap gap) {
        return text(new Missing(log.id(gap.after()), log.id(gap.upTo()), gap.reason()));
    }

    String end(StreamEnd reason, long upTo) {
        return text(new End(reason.id(), reason.message(), log.id(upTo)));
    }

    private static String text(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }
}
