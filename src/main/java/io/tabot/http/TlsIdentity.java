package io.tabot.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The certificate and key that the API shows, read once. Protocols and ciphers are those that the JDK holds safe. */
public record TlsIdentity(SSLContext context) {
    /** @throws BadKeystore if this is no PKCS12 file with a key, or the password is another one */
    public static TlsIdentity read(Path file, char[] password) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            try (var stream = Files.newInputStream(file)) {
                store.load(stream, password);
            }
            refuseWithoutKey(file, store);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return new TlsIdentity(context);
        } catch (NoSuchFileException e) {
            throw new BadKeystore(file + ": there is no such file");
        } catch (IOException | GeneralSecurityException e) {
            throw new BadKeystore(file + (isWrongPassword(e) ? ": the password is another one" : ": no PKCS12 file"));
        }
    }

    private static void refuseWithoutKey(Path file, KeyStore store) throws GeneralSecurityException {
        for (var alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return;
            }
        }
        throw new BadKeystore(file + ": it has no key");
    }

    private static boolean isWrongPassword(@Nullable Throwable failure) {
        return failure instanceof UnrecoverableKeyException || failure != null && isWrongPassword(failure.getCause());
    }
}
