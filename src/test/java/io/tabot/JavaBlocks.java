package io.tabot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds the types and methods of a {@link JavaSource} by matching braces. What a brace opens is told by the code since
 * the last statement (its header) and by the block it is in: in a type, a header with a parameter list is a method.
 */
final class JavaBlocks {
    private static final String MODIFIER =
            "(?:public|protected|private|static|final|abstract|sealed|non-sealed|strictfp)\\b";
    private static final Pattern TYPE = Pattern.compile("^(?:\\s++|[()]|@(?!interface\\b)[\\w.]++|" + MODIFIER
            + ")*(@interface|class|interface|enum|record)\\s+(\\w+)");
    private static final Pattern METHOD = Pattern.compile("(?<![@.\\w])(\\w+)\\s*\\(\\s*\\)");
    private static final Pattern COMPACT_CONSTRUCTOR = Pattern.compile("(\\w+)\\s*$");
    private static final Pattern NEW = Pattern.compile("\\bnew\\s+[\\w.\\s<>?,@&\\[\\]]+$");

    private final JavaSource source;
    private final String code;
    private final List<JavaBlock> found = new ArrayList<>();
    private final Deque<Open> around = new ArrayDeque<>();
    private int headerStart = 0;
    private int parentheses = 0;

    JavaBlocks(JavaSource source) {
        this.source = source;
        this.code = source.code();
    }

    /** An opening brace whose closing one hasn't come yet, and where the scan stood when it came. */
    private static final class Open {
        final What what;
        final int headerStart;
        final int parentheses;
        boolean afterEnumConstants;

        Open(What what, int headerStart, int parentheses) {
            this.what = what;
            this.headerStart = headerStart;
            this.parentheses = parentheses;
            this.afterEnumConstants = !what.keyword.equals("enum");
        }
    }

    /** What a header says. {@code at} is where in the file the name stands. */
    private record What(JavaBlock.Kind kind, String keyword, String name, boolean isPublic, int parameters, int at) {}

    List<JavaBlock> find() {
        for (int at = 0; at < code.length(); at++) {
            switch (code.charAt(at)) {
                case '(' -> parentheses++;
                case ')' -> parentheses--;
                case ';' -> endStatement(at);
                case '{' -> open(at);
                case '}' -> close(at);
                default -> {}
            }
        }
        if (!around.isEmpty()) {
            throw new IllegalStateException(source.path() + ": " + around.size() + " braces are not closed");
        }
        return found;
    }

    private void endStatement(int at) {
        if (parentheses > 0) {
            return;
        }
        headerStart = at + 1;
        if (!around.isEmpty()) {
            around.peek().afterEnumConstants = true;
        }
    }

    private void open(int at) {
        around.push(new Open(whatOpens(at), headerStart, parentheses));
        headerStart = at + 1;
        parentheses = 0;
    }

    private void close(int at) {
        if (around.isEmpty()) {
            throw new IllegalStateException(source.path() + ":" + source.lineOf(at) + ": a closing brace too many");
        }
        var closed = around.pop();
        var what = closed.what;
        var owner = around.isEmpty() ? null : around.peek().what;
        parentheses = closed.parentheses;
        // A lambda or an annotation's list ends inside parentheses: the header it is part of goes on.
        headerStart = parentheses > 0 ? closed.headerStart : at + 1;
        found.add(new JavaBlock(
                what.kind,
                what.keyword,
                what.name,
                owner == null ? "" : owner.name,
                owner != null && owner.keyword.equals("record"),
                what.isPublic,
                what.parameters,
                around.size(),
                source.lineOf(what.at),
                source.lineOf(at)));
    }

    private What whatOpens(int brace) {
        var header = code.substring(headerStart, brace);
        var outline = withoutArguments(header);
        boolean isPublic = Pattern.compile("\\bpublic\\b").matcher(outline).find();
        var type = TYPE.matcher(outline);
        if (type.find()) {
            return new What(
                    JavaBlock.Kind.TYPE, type.group(1), type.group(2), isPublic, 0, headerStart + type.start(2));
        }
        if (isAnonymousClass(header) || isEnumConstant()) {
            return new What(JavaBlock.Kind.TYPE, "class", "", false, 0, brace);
        }
        boolean inType = !around.isEmpty() && around.peek().what.kind == JavaBlock.Kind.TYPE;
        return inType && parentheses == 0 && outline.indexOf('=') < 0
                ? member(header, outline, isPublic, brace)
                : new What(JavaBlock.Kind.OTHER, "", "", false, 0, brace);
    }

    private What member(String header, String outline, boolean isPublic, int brace) {
        var method = METHOD.matcher(outline);
        if (method.find()) {
            int parameters = count(header.substring(outline.indexOf('(', method.end(1)) + 1, method.end() - 1));
            return new What(
                    JavaBlock.Kind.METHOD, "", method.group(1), isPublic, parameters, headerStart + method.start(1));
        }
        var word = COMPACT_CONSTRUCTOR.matcher(outline);
        return word.find()
                ? new What(JavaBlock.Kind.METHOD, "", word.group(1), isPublic, 0, headerStart + word.start(1))
                : new What(JavaBlock.Kind.METHOD, "", "initializer", false, 0, brace);
    }

    private boolean isEnumConstant() {
        return !around.isEmpty() && !around.peek().afterEnumConstants && parentheses == 0;
    }

    private static boolean isAnonymousClass(String header) {
        var trimmed = header.stripTrailing();
        if (!trimmed.endsWith(")")) {
            return false;
        }
        int at = trimmed.length() - 1;
        for (int depth = 1; depth > 0 && at > 0; ) {
            at--;
            depth += trimmed.charAt(at) == ')' ? 1 : trimmed.charAt(at) == '(' ? -1 : 0;
        }
        return NEW.matcher(trimmed.substring(0, at)).find();
    }

    /** The same text with blanks for all that stands in parentheses. */
    private static String withoutArguments(String header) {
        var outline = new StringBuilder(header);
        int depth = 0;
        for (int at = 0; at < header.length(); at++) {
            char c = header.charAt(at);
            depth -= c == ')' ? 1 : 0;
            if (depth > 0) {
                outline.setCharAt(at, ' ');
            }
            depth += c == '(' ? 1 : 0;
        }
        return outline.toString();
    }

    private static int count(String parameters) {
        if (parameters.isBlank()) {
            return 0;
        }
        int depth = 0;
        int count = 1;
        for (char c : parameters.toCharArray()) {
            switch (c) {
                case '<', '(', '{' -> depth++;
                case '>', ')', '}' -> depth--;
                case ',' -> count += depth == 0 ? 1 : 0;
                default -> {}
            }
        }
        return count;
    }
}
