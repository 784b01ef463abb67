package io.tabot.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tabot.config.ConfigEventJson;
import io.tabot.config.ConfigFormatException;
import io.tabot.config.Kept;
import io.tabot.config.Reign;
import io.tabot.config.Writer;
import io.tabot.journal.WitnessLog.Held;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stored form of a {@link WitnessLog}: one JSON object with a {@code kind} and a {@code schema} number. */
public final class WitnessLogJson {
    static final int SCHEMA = 1;

    private static final String KIND = "witness";
    private static final Logger LOG = LoggerFactory.getLogger(WitnessLogJson.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private WitnessLogJson() {}

    public static byte[] write(WitnessLog witness) {
        var log = witness.log();
        var node = JSON.createObjectNode();
        node.put("kind", KIND).put("schema", SCHEMA).put("position", log.position());
        node.set(
                "fence",
                VoterRecordJson.term(log.fence().term())
                        .put("writer", log.fence().id()));
        node.set("last", VoterRecordJson.term(log.last()));
        node.set("base", kept(log.kept().upTo(log.kept().floor())));
        node.set("opened", reign(log.reign()));
        var tail = node.putArray("tail");
        try {
            for (var held : witness.tail()) {
                var event = held.event();
                tail.addObject()
                        .<ObjectNode>set(
                                "origin",
                                VoterRecordJson.term(
                                        log.kept().upTo(event.revision()).origin()))
                        .set("event", JSON.readTree(ConfigEventJson.write(event)));
            }
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a witness that can't be written", e);
        }
    }

    /** Nothing if it can't be understood: a witness that makes no sense has lost what it knew. */
    public static Optional<WitnessLog> read(byte[] stored, String where) {
        try {
            return Optional.of(witness(JSON.readTree(stored)));
        } catch (java.io.IOException | ConfigFormatException | CorruptJournalException | IllegalArgumentException e) {
            LOG.error("the witness in {} can't be read, so it counts as lost: {}", where, e.getMessage());
            return Optional.empty();
        }
    }

    private static WitnessLog witness(JsonNode node) {
        if (!node.path("kind").asText().equals(KIND) || node.path("schema").asInt() != SCHEMA) {
            throw new CorruptJournalException("neither a witness nor of schema " + SCHEMA + ": " + node.path("schema"));
        }
        var base = node.path("base");
        var kept = Kept.from(
                base.path("revision").asLong(), base.path("hash").asText(), VoterRecordJson.term(base.path("origin")));
        var tail = new ArrayList<Held>();
        for (var held : node.path("tail")) {
            var text = held.path("event").toString();
            var event = ConfigEventJson.read(text);
            if (!kept.holds(event.revision() - 1, event.previousHash()) || kept.revision() != event.revision() - 1) {
                throw new CorruptJournalException("revision " + event.revision() + " does not follow");
            }
            kept = kept.with(event.hash(), VoterRecordJson.term(held.path("origin")), 0);
            tail.add(new Held(event, text.getBytes(StandardCharsets.UTF_8).length));
        }
        var fence = new Writer(
                VoterRecordJson.term(node.path("fence")),
                node.path("fence").path("writer").asText());
        var last = VoterRecordJson.term(node.path("last"));
        var log = new VoterLog(node.path("position").asLong(), fence, last, kept, reign(node.path("opened")));
        return new WitnessLog(log, tail);
    }

    private static ObjectNode kept(Kept base) {
        var node = JSON.createObjectNode().put("revision", base.revision()).put("hash", base.hash());
        node.set("origin", VoterRecordJson.term(base.origin()));
        return node;
    }

    private static ObjectNode reign(Reign reign) {
        var node = JSON.createObjectNode();
        node.set("term", VoterRecordJson.term(reign.term()));
        ReignJson.write(node, reign.voters(), reign.outgoing(), reign.promotion());
        return node;
    }

    private static Reign reign(JsonNode node) {
        return new Reign(
                VoterRecordJson.term(node.path("term")),
                ReignJson.names(node.path("voters")),
                ReignJson.names(node.path("outgoing")),
                ReignJson.promotion(node));
    }
}
