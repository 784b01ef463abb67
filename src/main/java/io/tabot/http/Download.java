package io.tabot.http;

import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** What came of asking for a file. */
sealed interface Download {
    record Refused(Answer answer) implements Download {}

    /**
     * A file that is written as it is read. When that fails half-way the connection is cut, which no client takes for
     * the end of a file.
     */
    record Lines(String name, ContentType type, Source<String, NotUsed> lines) implements Download {
        HttpResponse response() {
            var bytes = lines.map(line -> ByteString.fromString(line + "\n"));
            return HttpResponse.create()
                    .withHeaders(List.of(
                            RawHeader.create("Content-Disposition", "attachment; filename=\"" + name + "\""),
                            RawHeader.create("Cache-Control", "no-cache"),
                            RawHeader.create("X-Content-Type-Options", "nosniff")))
                    .withEntity(HttpEntities.createChunked(type, bytes));
        }
    }
}
