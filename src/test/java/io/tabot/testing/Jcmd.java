package io.tabot.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The JDK's own tool, asked about a JVM of this machine. */
public final class Jcmd {
    private Jcmd() {}

    /** What it prints. */
    public static String run(ProcessHandle process, String command) throws IOException, InterruptedException {
        var tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var run = new ProcessBuilder(List.of(tool, Long.toString(process.pid()), command))
                .redirectErrorStream(true)
                .start();
        var text = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        run.waitFor();
        return text;
    }

    /** How many objects of exactly this class live, after a full collection. */
    public static long instances(ProcessHandle process, Class<?> type) throws IOException, InterruptedException {
        return run(process, "GC.class_histogram")
                .lines()
                .map(line -> line.trim().split("\\s+"))
                .filter(columns -> columns.length >= 4 && columns[3].equals(type.getName()))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }
}
