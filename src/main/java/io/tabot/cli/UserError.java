package io.tabot.cli;

/** Something that the user can put right. The message is one line; nobody wants the stack trace. */
final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UserError(String message) {
        super(message);
    }
}
