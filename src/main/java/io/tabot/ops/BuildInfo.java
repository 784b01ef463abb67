package io.tabot.ops;

/** What runs here. */
public record BuildInfo(String version, String commitSha, String buildDate) {
    public static final String UNKNOWN = "unknown";

    public static BuildInfo ofVersion(String version) {
        return new BuildInfo(version, UNKNOWN, UNKNOWN);
    }
}
