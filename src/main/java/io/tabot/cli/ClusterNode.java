package io.tabot.cli;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How one node of a local cluster is started: by this very Java and program, with variables of its own.
 *
 * @param api where its API is to be
 * @param own variables, NAME=value, over those of the environment
 * @param siblings how many share the memory of the machine
 */
record ClusterNode(
        int number, Path folder, String api, Map<String, String> environment, List<String> own, int siblings) {
    private static final int MEMORY_PERCENT = 60;

    /** Both streams are one, since people read them together. */
    Process start() {
        var builder = new ProcessBuilder(command()).redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().clear();
        builder.environment().putAll(environment);
        own.forEach(variable -> {
            var parts = variable.split("=", 2);
            builder.environment().put(parts[0], parts[1]);
        });
        builder.environment().put("TABOT_DATA_DIR", folder.toString());
        try {
            Files.createDirectories(folder);
            return builder.start();
        } catch (IOException e) {
            throw new UserError("node " + number + " can't be started: " + e.getMessage());
        }
    }

    Path log() {
        return folder.resolve("ta-bot.log");
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-XX:MaxRAMPercentage=" + MEMORY_PERCENT / siblings);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TaBot.class.getName(), "run"));
        return command;
    }
}
