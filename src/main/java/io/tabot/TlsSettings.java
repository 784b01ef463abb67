package io.tabot;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a process shows who it is.
 *
 * @param keystore absolute, PKCS12
 * @param password empty when a file has it
 * @param passwordFile absolute
 */
public record TlsSettings(Path keystore, String password, Optional<Path> passwordFile) {
    /** Without the password. */
    @Override
    public String toString() {
        return "TlsSettings[" + keystore + "]";
    }
}
