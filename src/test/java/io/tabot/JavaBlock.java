package io.tabot;

/**
 * A pair of braces in a Java file and what stands before them.
 *
 * @param keyword of a type: class, interface, enum, record; of anything else empty
 * @param name of a type or method; an anonymous class has none
 * @param owner the name of the type around a method
 * @param inRecord whether that type is a record
 * @param parameters of a method
 * @param depth how many blocks are around it
 */
record JavaBlock(
        Kind kind,
        String keyword,
        String name,
        String owner,
        boolean inRecord,
        boolean isPublic,
        int parameters,
        int depth,
        int firstLine,
        int lastLine) {
    enum Kind {
        TYPE,
        METHOD,
        OTHER
    }

    int lines() {
        return lastLine - firstLine + 1;
    }

    boolean isMethod() {
        return kind == Kind.METHOD;
    }

    boolean isConstructor() {
        return isMethod() && name.equals(owner);
    }

    boolean isPublicTopLevelType() {
        return kind == Kind.TYPE && isPublic && depth == 0;
    }
}
