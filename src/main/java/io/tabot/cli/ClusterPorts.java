package io.tabot.cli;

import picocli.CommandLine.Option;

/** The ports that each node of a local cluster uses on an address of its own. */
final class ClusterPorts {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "17355",
            description = "Where nodes reach each other. Default: ${DEFAULT-VALUE}.")
    private int remoting;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8000",
            description = "Of the API. Default: ${DEFAULT-VALUE}.")
    private int http;

    int remoting() {
        return remoting;
    }

    int http() {
        return http;
    }
}
