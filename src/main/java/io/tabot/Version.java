package io.tabot;

/** The version that this build calls itself. */
public final class Version {
    private Version() {}

    public static String text() {
        var built = Version.class.getPackage().getImplementationVersion();
        return built == null ? "(not packaged)" : built;
    }
}
