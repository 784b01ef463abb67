package io.tabot;

import java.net.InetSocketAddress;
import java.util.List;

/** What a started service tells its operator. */
record StartReport(List<String> lines) {
    StartReport {
        lines = List.copyOf(lines);
    }

    static StartReport of(Node node, InetSocketAddress address) {
        var host = address.getAddress().getHostAddress();
        var scheme = node.settings().http().tls().isPresent() ? "https://" : "http://";
        var url = scheme + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
        return new StartReport(List.of(
                "ta-bot " + node.settings().build().version() + " serves environment " + node.environment() + " with "
                        + node.catalog().ids().size() + " strategies",
                "  candles  " + node.exchange().description(),
                "  API      " + url + "/api/v1/config    signals " + url + "/api/v1/signals    docs " + url + "/docs",
                "  data     " + node.folder() + " (journal: "
                        + String.join(", ", node.settings().journals()) + ")"));
    }
}
