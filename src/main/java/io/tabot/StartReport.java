package io.tabot;

import io.tabot.journal.EmbeddedJournal;
import io.tabot.journal.JournalPlugin;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;

/** What a started service tells its operator. */
record StartReport(List<String> lines) {
    StartReport {
        lines = List.copyOf(lines);
    }

    static StartReport of(Node node, InetSocketAddress address) {
        var host = address.getAddress().getHostAddress();
        var scheme = node.settings().http().tls().isPresent() ? "https://" : "http://";
        var url = scheme + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
        var journals =
                node.journals().plugins().stream().map(StartReport::described).collect(Collectors.joining(", "));
        return new StartReport(List.of(
                "ta-bot " + node.settings().build().version() + " serves environment " + node.environment() + " with "
                        + node.catalog().ids().size() + " strategies",
                "  candles  " + node.exchange().description(),
                "  API      " + url + "/api/v1/config    signals " + url + "/api/v1/signals    docs " + url + "/docs",
                "  data     " + node.folder() + " (journal: " + journals + ")"
                        + (node.journals().plugins().size() > 1
                                ? "; " + node.witness().description()
                                : "")
                        + cluster(node.settings().cluster())));
    }

    private static String cluster(ClusterSettings cluster) {
        return cluster.enabled() ? "; node " + cluster.host() + ":" + cluster.port() + " of a cluster" : "";
    }

    private static String described(JournalPlugin journal) {
        return journal.voter().equals(EmbeddedJournal.NAME)
                ? journal.voter()
                : journal.voter() + " at " + journal.place();
    }
}
