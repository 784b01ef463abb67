package io.tabot.nats;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What to tell the server about who we are: nothing, a user and password, a token, or a credentials file. */
public sealed interface NatsCredentials {
    NatsCredentials NONE = new None();

    record None() implements NatsCredentials {}

    record UserPassword(String user, String password) implements NatsCredentials {
        @Override
        public String toString() {
            return "UserPassword[user=" + user + ", password=***]";
        }
    }

    record Token(String token) implements NatsCredentials {
        @Override
        public String toString() {
            return "Token[***]";
        }
    }

    record CredentialsFile(Path file) implements NatsCredentials {}

    /** From separate settings, of which at most one kind may be given. */
    static NatsCredentials of(
            @Nullable String user, @Nullable String password, @Nullable String token, @Nullable Path file) {
        var kinds = (user == null ? 0 : 1) + (token == null ? 0 : 1) + (file == null ? 0 : 1);
        if (kinds > 1) {
            throw new IllegalArgumentException("give NATS a user and password, or a token, or a credentials file");
        }
        if ((user == null) != (password == null)) {
            throw new IllegalArgumentException("a NATS user needs a password and the other way round");
        }
        if (user != null && password != null) {
            return new UserPassword(user, password);
        }
        if (token != null) {
            return new Token(token);
        }
        return file == null ? NONE : new CredentialsFile(file);
    }
}
