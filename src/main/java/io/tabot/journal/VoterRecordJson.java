package io.tabot.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tabot.config.ConfigEventJson;
import io.tabot.config.Reign;
import io.tabot.config.Term;
import io.tabot.config.VoterRecord;
import io.tabot.config.Writer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The stored form of a {@link StoredRecord}: one JSON object with a {@code kind} and a {@code schema} number. */
final class VoterRecordJson {
    static final int SCHEMA = 1;

    /** What recovery leaves out. */
    static final String CHANGES = "changes";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final TokenFilter WITHOUT_CHANGES = new TokenFilter() {
        @Override
        public @Nullable TokenFilter includeProperty(String name) {
            return name.equals(CHANGES) ? null : this;
        }
    };

    private VoterRecordJson() {}

    static String write(StoredRecord stored) {
        try {
            return JSON.writeValueAsString(node(stored));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record that can't be written: " + stored, e);
        }
    }

    static ObjectNode node(StoredRecord stored) {
        var record = stored.record();
        var node = JSON.createObjectNode();
        node.put("kind", kind(record)).put("schema", SCHEMA).put("position", stored.position());
        node.set("by", term(record.by().term()).put("writer", record.by().id()));
        switch (record) {
            case VoterRecord.Claim _ -> {}
            case VoterRecord.Event(var _, var origin, var event) -> {
                node.set("origin", term(origin));
                node.set("event", parsed(ConfigEventJson.write(event)));
            }
            case VoterRecord.TermOpened opened -> {
                node.put("base_revision", opened.baseRevision()).put("base_hash", opened.baseHash());
                ReignJson.write(node, opened.voters(), opened.outgoing(), opened.promotion());
            }
            case VoterRecord.Settled settled -> {
                node.put("revision", settled.revision()).put("hash", settled.hash());
                node.set("origin", term(settled.origin()));
            }
        }
        return node;
    }

    /** @throws CorruptJournalException if it is not a record that this build knows */
    static StoredRecord read(String stored) {
        return read(parsed(stored));
    }

    static StoredRecord read(JsonNode node) {
        checkSchema(node, SCHEMA);
        return new StoredRecord(node.path("position").asLong(), record(node));
    }

    /** As {@link #read}, without looking at what an event changed. */
    static RecordHead readHead(String stored) {
        try (var parser = new FilteringParserDelegate(
                JSON.createParser(stored), WITHOUT_CHANGES, TokenFilter.Inclusion.INCLUDE_ALL_AND_PATH, true)) {
            JsonNode node = JSON.readTree(parser);
            // Null where nothing is left of it.
            return head(node == null ? JSON.missingNode() : node);
        } catch (IOException e) {
            throw new CorruptJournalException("a record that is not JSON: " + e.getMessage());
        }
    }

    static RecordHead head(JsonNode node) {
        checkSchema(node, SCHEMA);
        return new RecordHead(node.path("position").asLong(), by(node), effect(node));
    }

    private static RecordHead.Effect effect(JsonNode node) {
        return switch (node.path("kind").asText()) {
            case "claim" -> new RecordHead.Claimed();
            case "event" -> {
                var event = node.path("event");
                checkSchema(event, ConfigEventJson.SCHEMA);
                yield new RecordHead.Kept(
                        term(node.path("origin")),
                        event.path("revision").asLong(),
                        event.path("previous").asText(),
                        event.path("hash").asText());
            }
            case "term-opened" ->
                new RecordHead.Opened(
                        node.path("base_revision").asLong(),
                        node.path("base_hash").asText(),
                        new Reign(
                                by(node).term(),
                                ReignJson.names(node.path("voters")),
                                ReignJson.names(node.path("outgoing")),
                                ReignJson.promotion(node)));
            case "settled" ->
                new RecordHead.Settled(
                        node.path("revision").asLong(), node.path("hash").asText(), term(node.path("origin")));
            default -> throw new CorruptJournalException("a record of unknown kind " + node.path("kind"));
        };
    }

    private static void checkSchema(JsonNode node, int max) {
        var schema = node.path("schema").asInt();
        if (schema < 1 || schema > max) {
            throw new CorruptJournalException("a record of schema " + node.path("schema") + ", not up to " + max);
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
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
            case "settled" ->
                new VoterRecord.Settled(
                        by(node),
                        node.path("revision").asLong(),
                        node.path("hash").asText(),
                        term(node.path("origin")));
            default -> throw new CorruptJournalException("a record of unknown kind " + node.path("kind"));
        };
    }

    private static String kind(VoterRecord record) {
        return switch (record) {
            case VoterRecord.Claim _ -> "claim";
            case VoterRecord.Event _ -> "event";
            case VoterRecord.TermOpened _ -> "term-opened";
            case VoterRecord.Settled _ -> "settled";
        };
    }

    private static VoterRecord.TermOpened termOpened(JsonNode node) {
        return new VoterRecord.TermOpened(
                by(node),
                node.path("base_revision").asLong(),
                node.path("base_hash").asText(),
                ReignJson.names(node.path("voters")),
                ReignJson.names(node.path("outgoing")),
                ReignJson.promotion(node));
    }

    private static Writer by(JsonNode node) {
        return new Writer(term(node.path("by")), node.path("by").path("writer").asText());
    }

    static ObjectNode term(Term term) {
        return JSON.createObjectNode().put("generation", term.generation()).put("number", term.number());
    }

    static Term term(JsonNode node) {
        return new Term(node.path("generation").asLong(), node.path("number").asLong());
    }
}
