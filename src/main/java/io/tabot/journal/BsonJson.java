package io.tabot.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Between JSON and BSON, value by value: what comes back is what went in, the order of fields included. */
final class BsonJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private BsonJson() {}

    static BsonValue bson(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> document(node);
            case ARRAY -> array(node);
            case STRING -> new BsonString(node.textValue());
            case BOOLEAN -> BsonBoolean.valueOf(node.booleanValue());
            case NUMBER -> number(node);
            case NULL -> BsonNull.VALUE;
            case BINARY, MISSING, POJO ->
                throw new IllegalArgumentException("not a value of JSON: " + node.getNodeType());
        };
    }

    /** @throws CorruptJournalException if it has a type that we never write */
    static JsonNode json(BsonValue value) {
        return switch (value) {
            case BsonDocument document -> object(document);
            case BsonArray array -> list(array);
            case BsonString string -> NODES.textNode(string.getValue());
            case BsonBoolean bool -> NODES.booleanNode(bool.getValue());
            case BsonInt64 number -> NODES.numberNode(number.getValue());
            case BsonDouble number -> NODES.numberNode(number.getValue());
            case BsonNull _ -> NODES.nullNode();
            default -> throw new CorruptJournalException("a record with a value of type " + value.getBsonType());
        };
    }

    private static BsonValue number(JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return new BsonInt64(node.longValue());
        }
        if (node.isDouble()) {
            return new BsonDouble(node.doubleValue());
        }
        throw new IllegalArgumentException("a number that MongoDB would not give back as it is: " + node);
    }

    private static BsonDocument document(JsonNode node) {
        var document = new BsonDocument();
        node.properties().forEach(field -> document.append(field.getKey(), bson(field.getValue())));
        return document;
    }

    private static BsonArray array(JsonNode node) {
        var array = new BsonArray();
        node.forEach(item -> array.add(bson(item)));
        return array;
    }

    private static JsonNode object(BsonDocument document) {
        var node = NODES.objectNode();
        document.forEach((name, value) -> node.set(name, json(value)));
        return node;
    }

    private static JsonNode list(BsonArray array) {
        var node = NODES.arrayNode();
        array.forEach(value -> node.add(json(value)));
        return node;
    }
}
