package io.tabot.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A document of the project, so that tests can hold it to what it says. */
public record Markdown(Path file, String text) {
    private static final Pattern BLOCK = Pattern.compile("^```\\w*\\n.*?^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern MESSAGE = Pattern.compile("On\\s`([^`]+)`:\\n\\n```json\\n(.*?)^```$", BLOCK.flags());
    private static final Pattern STEP = Pattern.compile(
            "^## (?<title>.*?)$|^```sh\\n(?<commands>.*?)^```$(\\n\\n```text\\n(?<output>.*?)^```$)?", BLOCK.flags());
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    /** A JSON example with the subject that it is said to come on. */
    public record Message(String subject, String json) {}

    /**
     * Commands of a shell.
     *
     * @param section the heading that they are under
     * @param output the lines of it that are shown, with dots for what differs each time; empty where none is
     */
    public record Step(String section, String commands, List<String> output) {}

    /** @param name relative to the project's folder */
    public static Markdown of(String name) {
        return of(root().resolve(name));
    }

    public static Markdown of(Path file) {
        try {
            return new Markdown(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The project's folder. */
    public static Path root() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }

    public List<Message> messages() {
        return MESSAGE.matcher(text)
                .results()
                .map(found -> new Message(found.group(1), found.group(2)))
                .toList();
    }

    /** Blocks of shell commands, in their order, each with the block of output that follows it. */
    public List<Step> steps() {
        var steps = new ArrayList<Step>();
        var section = "";
        for (var found = STEP.matcher(text); found.find(); ) {
            if (found.group("title") != null) {
                section = found.group("title");
            } else {
                var output = found.group("output") == null ? "" : found.group("output");
                steps.add(new Step(
                        section, found.group("commands"), output.lines().toList()));
            }
        }
        return steps;
    }

    /** The content of all code blocks of this language. */
    public List<String> blocks(String language) {
        return groups(Pattern.compile("^```" + language + "\\n(.*?)^```$", BLOCK.flags()), text);
    }

    /** What stands in backticks outside of code blocks. */
    public List<String> codes() {
        return groups(CODE, prose());
    }

    /** The targets of all links. */
    public List<String> links() {
        return groups(LINK, prose());
    }

    /** Everything but code blocks. */
    public String prose() {
        return BLOCK.matcher(text).replaceAll("");
    }

    private static List<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(Markdown::first).toList();
    }

    private static String first(MatchResult found) {
        return found.group(1);
    }
}
