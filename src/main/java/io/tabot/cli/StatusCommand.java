package io.tabot.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the nodes of a running service are doing: what GET /api/v1/cluster tells, for people. */
@Command(
        name = "status",
        description = "Tell which nodes serve the environment, at which revision each is, and what lies where.",
        footer = {
            "",
            "Any node tells it of all of them. A node that does not answer within two seconds has question marks.",
            "Ends with 1 if a node does not answer or is out of reach, or a journal is not level."
        })
final class StatusCommand implements Callable<Integer> {
    private static final List<String> NODES =
            List.of("NODE", "STATUS", "REVISION", "APPLIED", "SHARDS", "SYMBOLS", "LAST CANDLE", "");

    private static final List<String> JOURNALS = List.of("JOURNAL", "STATE", "REVISION");
    private static final List<String> SHARDS = List.of("SHARD", "NODE", "SYMBOLS");
    private static final String UNKNOWN = "?";

    @Mixin
    private ServiceReport report;

    @Option(names = "--shards", description = "List the shards too, with the symbols that have an actor.")
    private boolean withShards;

    StatusCommand(ServiceReport report) {
        this.report = report;
    }

    @Override
    public Integer call() throws IOException {
        var answer = report.service().read("/api/v1/cluster");
        var code = report.tell(answer, this::text);
        return code == ExitCode.OK && !isSound(answer.data()) ? ExitCode.SOFTWARE : code;
    }

    private static boolean isSound(JsonNode cluster) {
        return cluster.path("nodes").valueStream().allMatch(StatusCommand::answers)
                && cluster.path("journals")
                        .valueStream()
                        .allMatch(journal -> journal.path("state").asText().equals("level"));
    }

    private static boolean answers(JsonNode node) {
        return node.path("reachable").asBoolean() && !node.path("said").isNull();
    }

    private String text(ServiceAnswer answer) {
        var cluster = answer.data();
        var nodes = table(NODES, cluster.path("nodes"), node -> List.of(row(node, cluster)));
        var journals = table(
                JOURNALS,
                cluster.path("journals"),
                journal -> List.of(List.of(text(journal, "voter"), text(journal, "state"), text(journal, "revision"))));
        var shards = withShards ? "\n" + table(SHARDS, cluster.path("nodes"), StatusCommand::shards) : "";
        return answer.metadata().path("environment").asText() + ", revision " + answer.revision()
                + ", the configuration lives on " + text(cluster, "configuration") + "\n" + nodes + "\n" + journals
                + shards + "\n" + candles(cluster.path("candles"));
    }

    private static List<String> row(JsonNode node, JsonNode cluster) {
        var said = node.path("said");
        return List.of(
                text(node, "node"),
                text(node, "status"),
                text(said, "revision"),
                text(said, "applied_revision"),
                said.isNull() ? UNKNOWN : Integer.toString(said.path("shards").size()),
                text(said, "symbols"),
                said.isNull()
                        ? UNKNOWN
                        : said.path("last_candle").asText("none").replace("null", "none"),
                remarks(node, cluster));
    }

    private static String remarks(JsonNode node, JsonNode cluster) {
        var name = text(node, "node");
        var said = node.path("said");
        var remarks = new ArrayList<String>();
        if (name.equals(text(cluster, "configuration"))) {
            remarks.add("configuration");
        }
        if (name.equals(text(cluster, "leader"))) {
            remarks.add("leader");
        }
        if (!node.path("reachable").asBoolean()) {
            remarks.add("out of reach");
        }
        if (said.isNull()) {
            remarks.add("does not answer");
        } else if (!said.path("stale_since").isNull()) {
            remarks.add("stale since " + text(said, "stale_since"));
        } else if (!said.path("connected").asBoolean()) {
            remarks.add("no candles: not connected");
        }
        return String.join(", ", remarks);
    }

    private static List<List<String>> shards(JsonNode node) {
        return node.path("said")
                .path("shards")
                .valueStream()
                .map(shard -> List.of(
                        text(shard, "shard"),
                        text(node, "node"),
                        shard.path("symbols")
                                .valueStream()
                                .map(JsonNode::asText)
                                .collect(Collectors.joining(" "))))
                .toList();
    }

    private static String candles(JsonNode candles) {
        var pending = candles.path("pending").asLong();
        return "candles: " + (pending < 0 ? "nobody knows how many wait" : pending + " wait") + ", "
                + (candles.path("last").isNull()
                        ? "none came in"
                        : "the last came in at " + candles.path("last").asText())
                + "\n";
    }

    private static String table(List<String> headings, JsonNode items, Function<JsonNode, List<List<String>>> rows) {
        var all = new ArrayList<List<String>>();
        all.add(headings);
        items.forEach(item -> all.addAll(rows.apply(item)));
        return TextTable.of(all).replaceAll(" +\n", "\n");
    }

    private static String text(JsonNode object, String field) {
        var value = object.path(field);
        return value.isNull() || value.isMissingNode() ? UNKNOWN : value.asText();
    }
}
