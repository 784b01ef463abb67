package io.tabot;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The sizes and habits that each source file keeps. A finding says where, how much, the limit, and what to do. */
final class Tidy {
    static final int MAIN_FILE_LINES = 400;
    static final int TEST_FILE_LINES = 500;
    static final int METHOD_LINES = 40;
    static final int LINE_LENGTH = 120;
    static final int CONSTRUCTOR_PARAMETERS = 6;

    private static final Pattern LEFT_OVER = Pattern.compile("\\b(TODO|FIXME)\\b");
    private static final Pattern SLEEP = Pattern.compile("\\bThread\\s*(?:\\.|::)\\s*sleep\\b");
    private static final Pattern EMPTY_CATCH = Pattern.compile("\\bcatch\\s*\\([^)]*\\)\\s*\\{(\\s*)\\}");

    private final JavaSource source;
    private final boolean test;
    private final List<String> findings = new ArrayList<>();

    private Tidy(JavaSource source) {
        this.source = source;
        this.test = source.path().startsWith("src/test/");
    }

    static List<String> findings(JavaSource source) {
        var tidy = new Tidy(source);
        tidy.checkLines();
        tidy.checkBlocks();
        tidy.checkHabits();
        return tidy.findings;
    }

    private void checkLines() {
        var lines = source.lines();
        int limit = test ? TEST_FILE_LINES : MAIN_FILE_LINES;
        if (lines.size() > limit) {
            report(
                    lines.size(),
                    "the file has %d lines, the limit is %d: ask which second thing it does and give that a file"
                            .formatted(lines.size(), limit));
        }
        for (int number = 1; number <= lines.size(); number++) {
            var line = lines.get(number - 1);
            int length = line.codePointCount(0, line.length());
            if (length > LINE_LENGTH && !line.startsWith("import ")) {
                report(number, "the line has %d characters, the limit is %d: break it".formatted(length, LINE_LENGTH));
            }
        }
    }

    private void checkBlocks() {
        var blocks = source.blocks();
        for (var block : blocks) {
            if (block.isMethod() && block.lines() > METHOD_LINES) {
                report(
                        block.firstLine(),
                        "%s has %d lines, the limit is %d: name a part of it and make that a method"
                                .formatted(block.name(), block.lines(), METHOD_LINES));
            }
            if (block.isConstructor() && !block.inRecord() && block.parameters() > CONSTRUCTOR_PARAMETERS) {
                report(
                        block.firstLine(),
                        "the constructor of %s has %d parameters, the limit is %d: group them in a record"
                                .formatted(block.name(), block.parameters(), CONSTRUCTOR_PARAMETERS));
            }
        }
        var types = blocks.stream().filter(JavaBlock::isPublicTopLevelType).toList();
        types.stream()
                .skip(1)
                .forEach(type -> report(
                        type.firstLine(),
                        "%s is public type number %d of this file, the limit is 1: give it its own file"
                                .formatted(type.name(), types.indexOf(type) + 1)));
    }

    private void checkHabits() {
        reportEach(LEFT_OVER, source.comments(), "work left over: do it now, or open an issue and say nothing here");
        if (test) {
            reportEach(
                    SLEEP, source.code(), "a test sleeps: wait for the condition (Awaitility) or move a fixed clock");
        }
        var empty = EMPTY_CATCH.matcher(source.code());
        while (empty.find()) {
            if (source.text().substring(empty.start(1), empty.end(1)).isBlank()) {
                report(
                        source.lineOf(empty.start()),
                        "an exception vanishes: handle it, or say in the block why nothing is to be done");
            }
        }
    }

    private void reportEach(Pattern pattern, String text, String message) {
        pattern.matcher(text).results().forEach(match -> report(source.lineOf(match.start()), message));
    }

    private void report(int line, String message) {
        findings.add(source.path() + ":" + line + ": " + message);
    }
}
