package io.tabot.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The form of an access token: a prefix that scanners for leaked secrets can look for, and 256 random bits. No other
 * text is taken for a token, so none that a person thought up can be in use.
 */
public final class AccessToken {
    public static final int RANDOM_BYTES = 32;

    private static final String PREFIX = "tab_";
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");

    private AccessToken() {}

    /** @param random so many bytes that nobody can guess */
    public static String of(byte[] random) {
        if (random.length != RANDOM_BYTES) {
            throw new IllegalArgumentException("a token is made of " + RANDOM_BYTES + " bytes, not " + random.length);
        }
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    static boolean hasForm(String text) {
        return FORM.matcher(text).matches();
    }

    /**
     * What is kept of a token. One round of SHA-256 without salt is enough: slow hashes and salts protect what can be
     * guessed, and 256 random bits can't be.
     */
    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
