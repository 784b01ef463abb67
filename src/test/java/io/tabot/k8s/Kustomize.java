package io.tabot.k8s;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * As much of kustomize as k8s/ uses, so that what it renders can be tested where there is no kustomize. A field that it
 * does not know is refused. Names of generated ConfigMaps get no hash behind.
 */
final class Kustomize {
    static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private static final Set<String> KNOWN = Set.of(
            "apiVersion", "kind", "namespace", "resources", "components", "configMapGenerator", "images", "patches");
    /** What tells the entries of a list apart when two of them are merged, strongest first. */
    private static final List<String> KEYS = List.of("name", "mountPath", "containerPort", "port", "topologyKey");

    private final Path folder;
    private final ObjectNode instructions;

    private Kustomize(Path folder) {
        this.folder = folder;
        this.instructions = documents(folder.resolve("kustomization.yaml")).getFirst();
        instructions.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException(folder + ": not known to this stand-in: " + name);
            }
        });
    }

    /** The objects of a folder with a kustomization.yaml. */
    static List<ObjectNode> render(Path folder) {
        return new Kustomize(folder).render();
    }

    /** The documents of a file. */
    static List<ObjectNode> documents(Path file) {
        try (var values = YAML.readerFor(ObjectNode.class).<ObjectNode>readValues(file.toFile())) {
            return values.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private List<ObjectNode> render() {
        var objects = new ArrayList<ObjectNode>();
        texts("resources").forEach(name -> objects.addAll(resource(folder.resolve(name))));
        texts("components").forEach(name -> objects.addAll(render(folder.resolve(name))));
        entries("configMapGenerator").forEach(generator -> objects.add(configMap(generator)));
        entries("patches").forEach(patch -> patch(objects, patch.get("path").asText()));
        if (instructions.has("namespace")) {
            objects.forEach(this::putIntoNamespace);
        }
        entries("images").forEach(image -> objects.forEach(object -> tag(object, image)));
        return objects;
    }

    private static List<ObjectNode> resource(Path path) {
        return Files.isDirectory(path) ? render(path.normalize()) : documents(path);
    }

    private ObjectNode configMap(JsonNode generator) {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", "ConfigMap");
        object.putObject("metadata").set("name", generator.get("name"));
        var data = object.putObject("data");
        generator.get("files").forEach(file -> data.put(file.asText(), text(folder.resolve(file.asText()))));
        return object;
    }

    private void patch(List<ObjectNode> objects, String path) {
        for (var patch : documents(folder.resolve(path))) {
            var target = objects.stream()
                    .filter(object -> identity(object).equals(identity(patch)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(path + " patches nothing: " + identity(patch)));
            mergeInto(target, patch);
        }
    }

    private static String identity(JsonNode object) {
        return object.path("apiVersion").asText() + " " + object.path("kind").asText() + " "
                + object.at("/metadata/name").asText();
    }

    private void putIntoNamespace(ObjectNode object) {
        object.withObject("/metadata").set("namespace", instructions.get("namespace"));
        object.path("subjects")
                .forEach(subject -> ((ObjectNode) subject).set("namespace", instructions.get("namespace")));
    }

    private static void tag(JsonNode node, JsonNode image) {
        if (node instanceof ObjectNode object && object.path("image").equals(image.get("name"))) {
            object.put(
                    "image",
                    image.get("name").asText() + ":" + image.get("newTag").asText());
        }
        node.forEach(child -> tag(child, image));
    }

    private static void mergeInto(ObjectNode target, ObjectNode patch) {
        for (Iterator<Map.Entry<String, JsonNode>> fields = patch.fields(); fields.hasNext(); ) {
            var field = fields.next();
            if (field.getValue().isNull()) {
                target.remove(field.getKey());
            } else {
                target.set(field.getKey(), merged(target.get(field.getKey()), field.getValue()));
            }
        }
    }

    private static JsonNode merged(JsonNode before, JsonNode patch) {
        if (before instanceof ObjectNode object && patch instanceof ObjectNode changes) {
            mergeInto(object, changes);
            return object;
        }
        if (before == null || !patch.isArray() || !patch.path(0).isObject()) {
            return patch;
        }
        var list = JsonNodeFactory.instance.arrayNode().addAll(elements(before));
        for (var entry : patch) {
            elements(before).stream()
                    .filter(other -> isSame(other, entry))
                    .findFirst()
                    .ifPresentOrElse(other -> mergeInto((ObjectNode) other, (ObjectNode) entry), () -> list.add(entry));
        }
        return list;
    }

    private static boolean isSame(JsonNode one, JsonNode other) {
        return KEYS.stream()
                .filter(key -> one.has(key) && other.has(key))
                .findFirst()
                .map(key -> one.get(key).equals(other.get(key)))
                .orElse(false);
    }

    private List<String> texts(String field) {
        return elements(instructions.path(field)).stream().map(JsonNode::asText).toList();
    }

    private List<JsonNode> entries(String field) {
        return elements(instructions.path(field));
    }

    private static List<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
