package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.getFromResource;
import static org.apache.pekko.http.javadsl.server.Directives.reject;
import static org.apache.pekko.http.javadsl.server.Directives.respondWithHeaders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;

/**
 * The description of the API, for machines and for people. Everything comes from this process: it works without a
 * network.
 *
 * <pre>
 * GET /openapi.json  the OpenAPI document
 * GET /docs          Swagger UI over it
 * GET /docs/         redirects there
 * GET /docs/{file}   the parts of that page
 * </pre>
 */
final class DocsRoutes {
    private static final String OWN = "api-docs/";
    private static final String WEBJAR = "META-INF/resources/webjars/swagger-ui/" + webjarVersion() + "/";

    /** Nothing from elsewhere, whatever a later Swagger UI would like to load. */
    private static final List<HttpHeader> HEADERS = List.of(
            RawHeader.create(
                    "Content-Security-Policy",
                    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
            RawHeader.create("X-Content-Type-Options", "nosniff"),
            RawHeader.create("Cache-Control", "no-cache"));

    private static final ContentType HTML = ContentTypes.TEXT_HTML_UTF8;
    private static final ContentType CSS = MediaTypes.TEXT_CSS.toContentType(HttpCharsets.UTF_8);
    private static final ContentType SCRIPT = MediaTypes.APPLICATION_JAVASCRIPT.toContentType(HttpCharsets.UTF_8);

    private final Api api;

    DocsRoutes(Api api) {
        this.api = api;
    }

    Route create() {
        return respondWithHeaders(
                HEADERS,
                () -> concat(
                        api.at(
                                "/openapi.json",
                                () -> get(() -> resource("openapi.json", ContentTypes.APPLICATION_JSON))),
                        api.at("/docs", () -> get(() -> resource(OWN + "index.html", HTML))),
                        api.at("/docs/", () -> get(() -> complete(redirect()))),
                        api.at("/docs/{file}", file -> get(() -> part(file)))));
    }

    private static Route part(String file) {
        return switch (file) {
            case "init.js" -> resource(OWN + file, SCRIPT);
            case "page.css" -> resource(OWN + file, CSS);
            case "swagger-ui.css" -> resource(WEBJAR + file, CSS);
            case "swagger-ui-bundle.js" -> resource(WEBJAR + file, SCRIPT);
            case "favicon-32x32.png" -> resource(WEBJAR + file, MediaTypes.IMAGE_PNG.toContentType());
            default -> reject();
        };
    }

    private static Route resource(String path, ContentType type) {
        return getFromResource(path, type);
    }

    /** Relative, so that it holds behind a proxy that adds a prefix. */
    private static HttpResponse redirect() {
        return HttpResponse.create()
                .withStatus(StatusCodes.PERMANENT_REDIRECT)
                .addHeader(RawHeader.create("Location", "../docs"));
    }

    private static String webjarVersion() {
        var properties = new Properties();
        var file = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
        try (var stream = Objects.requireNonNull(DocsRoutes.class.getResourceAsStream(file), file)) {
            properties.load(stream);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
