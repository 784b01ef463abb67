package io.tabot.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tabot.config.ConfigEventJson;
import io.tabot.config.Term;
import io.tabot.config.VoterRecord;
import io.tabot.config.Writer;
import java.util.ArrayList;

/** The stored form of a {@link StoredRecord}: one JSON object with a {@code kind} and a {@code schema} number. */
final class VoterRecordJson {
    static final int SCHEMA = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    private VoterRecordJson() {}

    static String write(StoredRecord stored) {
        var record = stored.record();
        var node = JSON.createObjectNode();
        node.put("kind", kind(record)).put("schema", SCHEMA).put("position", stored.position());
        node.set("by", term(record.by().term()).put("writer", record.by().id()));
        try {
            switch (record) {
                case VoterRecord.Claim _ -> {}
                case VoterRecord.Event(var _, var origin, var event) -> {
                    node.set("origin", term(origin));
                    node.set("event", JSON.readTree(ConfigEventJson.write(event)));
                }
                case VoterRecord.TermOpened opened -> {
                    node.put("base_revision", opened.baseRevision()).put("base_hash", opened.baseHash());
                    opened.voters().forEach(node.putArray("voters")::add);
                }
            }
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record that can't be written: " + record, e);
        }
    }

    /** @throws CorruptJournalException if it is not a record that this build knows */
    static StoredRecord read(String stored) {
        try {
            var node = JSON.readTree(stored);
            if (node.path("schema").asInt() != SCHEMA) {
                throw new CorruptJournalException("a record of schema " + node.path("schema") + ", not " + SCHEMA);
            }
            return new StoredRecord(node.path("position").asLong(), record(node));
        } catch (JsonProcessingException e) {
            throw new CorruptJournalException("a record that is not JSON: " + e.getOriginalMessage());
        }
    }

    private static VoterRecord record(JsonNode node) {
        return switch (node.path("kind").asText()) {
            case "claim" -> new VoterRecord.Claim(by(node));
            case "event" ->
                new VoterRecord.Event(
                        by(node),
                        term(node.path("origin")),
                        ConfigEventJson.read(node.path("event").toString()));
            case "term-opened" -> termOpened(node);
            default -> throw new CorruptJournalException("a record of unknown kind " + node.path("kind"));
        };
    }

    private static String kind(VoterRecord record) {
        return switch (record) {
            case VoterRecord.Claim _ -> "claim";
            case VoterRecord.Event _ -> "event";
            case VoterRecord.TermOpened _ -> "term-opened";
        };
    }

    private static VoterRecord.TermOpened termOpened(JsonNode node) {
        var voters = new ArrayList<String>();
        node.path("voters").forEach(voter -> voters.add(voter.asText()));
        return new VoterRecord.TermOpened(
                by(node),
                node.path("base_revision").asLong(),
                node.path("base_hash").asText(),
                voters);
    }

    private static Writer by(JsonNode node) {
        return new Writer(term(node.path("by")), node.path("by").path("writer").asText());
    }

    private static ObjectNode term(Term term) {
        return JSON.createObjectNode().put("generation", term.generation()).put("number", term.number());
    }

    private static Term term(JsonNode node) {
        return new Term(node.path("generation").asLong(), node.path("number").asLong());
    }
}
