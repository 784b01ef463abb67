package io.tabot.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tabot.config.Reign;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stored form of who votes in a term. */
final class ReignJson {
    private ReignJson() {}

    static void write(
            ObjectNode node, List<String> voters, List<String> outgoing, Reign.@Nullable Promotion promotion) {
        voters.forEach(node.putArray("voters")::add);
        if (!outgoing.isEmpty()) {
            outgoing.forEach(node.putArray("outgoing")::add);
        }
        if (promotion != null) {
            var object = node.putObject("promotion");
            object.put("id", promotion.id()).put("by", promotion.by()).put("reason", promotion.reason());
            if (promotion.at() != null) {
                object.put("at", promotion.at().toString());
            }
            promotion.voters().forEach(object.putArray("voters")::add);
        }
    }

    static Reign.@Nullable Promotion promotion(JsonNode node) {
        var object = node.path("promotion");
        return object.isMissingNode() || object.isNull()
                ? null
                : new Reign.Promotion(
                        object.path("id").asText(),
                        names(object.path("voters")),
                        object.path("by").asText(),
                        object.path("reason").asText(),
                        object.path("at").isTextual()
                                ? Instant.parse(object.path("at").asText())
                                : null);
    }

    static List<String> names(JsonNode array) {
        var names = new ArrayList<String>();
        array.forEach(name -> names.add(name.asText()));
        return names;
    }
}
