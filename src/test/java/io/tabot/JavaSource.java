package io.tabot;

import java.util.List;

/**
 * One Java file, read just well enough to measure it. {@code code} and {@code comments} are as long as {@code text}: in
 * the one, strings and comments are blank, in the other everything else is. So a brace in {@code code} is a real one.
 */
record JavaSource(String path, String text, String code, String comments) {
    private static final String TEXT_BLOCK = "\"\"\"";

    static JavaSource of(String path, String text) {
        var code = new StringBuilder(text);
        var comments = new StringBuilder(blank(text));
        int at = 0;
        while (at < text.length()) {
            int end = endOfLiteralOrComment(text, at);
            if (end > at) {
                code.replace(at, end, blank(text.substring(at, end)));
                if (text.charAt(at) == '/') {
                    comments.replace(at, end, text.substring(at, end));
                }
            }
            at = Math.max(end, at + 1);
        }
        return new JavaSource(path, text, code.toString(), comments.toString());
    }

    List<String> lines() {
        return text.lines().toList();
    }

    /** The number, from 1, of the line that the character at {@code offset} is on. */
    int lineOf(int offset) {
        return 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    List<JavaBlock> blocks() {
        return new JavaBlocks(this).find();
    }

    private static int endOfLiteralOrComment(String text, int at) {
        if (text.startsWith("//", at)) {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end;
        }
        if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            return end < 0 ? text.length() : end + 2;
        }
        if (text.startsWith(TEXT_BLOCK, at)) {
            return endOfLiteral(text, at, TEXT_BLOCK);
        }
        return switch (text.charAt(at)) {
            case '"' -> endOfLiteral(text, at, "\"");
            case '\'' -> endOfLiteral(text, at, "'");
            default -> at;
        };
    }

    private static int endOfLiteral(String text, int start, String quote) {
        int at = start + quote.length();
        while (at < text.length() && !text.startsWith(quote, at)) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + quote.length(), text.length());
    }

    private static String blank(String text) {
        return text.replaceAll("[^\\r\\n]", " ");
    }
}
