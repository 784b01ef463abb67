package io.tabot;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the API shows who it is.
 *
 * @param keystore absolute, PKCS12
 * @param password empty when a file has it
 * @param passwordFile absolute
 */
public record TlsSettings(Path keystore, String password, Optional<Path> passwordFile) {
    public TlsSettings {
        SettingsException.unless(
                password.isEmpty() || passwordFile.isEmpty(),
                "http.tls.password-file",
                passwordFile.map(Path::toString).orElse(""),
                "nothing, because http.tls.password is given, too");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "TlsSettings[" + keystore + "]";
    }
}
