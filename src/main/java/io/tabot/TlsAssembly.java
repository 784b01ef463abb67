package io.tabot;

import io.tabot.http.BadKeystore;
import io.tabot.http.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** From keys to a PKCS12 file and its password: of the API, and of the nodes among each other. */
final class TlsAssembly {
    private final SettingsReader reader;
    private final Path home;

    /** @param home where relative paths start */
    TlsAssembly(SettingsReader reader, Path home) {
        this.reader = reader;
        this.home = home;
    }

    /** @param key that the settings are under; without a keystore there are none */
    Optional<TlsSettings> settings(String key) {
        var password = reader.text(key + ".password");
        var passwordFile = path(key + ".password-file");
        return path(key + ".keystore").map(keystore -> {
            SettingsException.unless(
                    password.isEmpty() || passwordFile.isEmpty(),
                    key + ".password-file",
                    passwordFile.map(Path::toString).orElse(""),
                    "nothing, because " + key + ".password is given, too");
            return new TlsSettings(keystore, password, passwordFile);
        });
    }

    /** @throws StartException if the file can't be used; it names the key */
    static TlsIdentity identity(TlsSettings tls, String key) {
        try {
            return TlsIdentity.read(tls.keystore(), password(tls, key).toCharArray());
        } catch (BadKeystore e) {
            throw new StartException(SettingNames.ROOT + key + ".keystore: " + e.getMessage());
        }
    }

    /** @throws StartException if the file that holds it can't be read; it names the key */
    static String password(TlsSettings tls, String key) {
        if (tls.passwordFile().isEmpty()) {
            return tls.password();
        }
        var file = tls.passwordFile().get();
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StartException(SettingNames.ROOT + key + ".password-file: " + file + " can't be read");
        }
    }

    private Optional<Path> path(String key) {
        var text = reader.text(key);
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(home.resolve(text).normalize());
    }
}
