package io.tabot.mysql;

import io.tabot.signal.RecentSignals.Filter;
import io.tabot.signal.SignalArchive.Page;
import io.tabot.signal.SignalArchive.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of the table of signals, newest first. Conditions are text of ours; values are always parameters. */
final class SignalQuery {
    private static final String COLUMNS =
            "SELECT payload, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', sent_at) DIV 1000, number FROM ta_bot_signals";

    private final StringBuilder conditions = new StringBuilder(" WHERE environment = ?");
    private final List<Object> values = new ArrayList<>();
    private final int limit;

    SignalQuery(String environment, Filter filter, @Nullable Place before, int limit) {
        this.limit = limit;
        values.add(environment);
        and("symbol = ?", filter.symbol() == null ? null : filter.symbol().name());
        and("strategy = ?", filter.strategyId());
        and(
                "timeframe = ?",
                filter.timeframe() == null ? null : filter.timeframe().id());
        and("action = ?", filter.actionId());
        and("sent_at >= ?", filter.since() == null ? null : SqlTimes.text(filter.since()));
        and("sent_at < ?", filter.until() == null ? null : SqlTimes.text(filter.until()));
        if (before != null) {
            var time = SqlTimes.text(before.sentAt());
            conditions.append(" AND sent_at <= ? AND (sent_at < ? OR number < ?)");
            values.addAll(List.of(time, time, before.number()));
        }
    }

    Page run(Connection connection) throws SQLException {
        var sql = COLUMNS + conditions + " ORDER BY sent_at DESC, number DESC LIMIT " + (limit + 1);
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            var found = new ArrayList<String>();
            Place last = null;
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (found.size() == limit) {
                        return new Page(found, last);
                    }
                    found.add(rows.getString(1));
                    last = new Place(Instant.ofEpochMilli(rows.getLong(2)), rows.getLong(3));
                }
            }
            return new Page(found, null);
        }
    }

    private void and(String condition, @Nullable Object value) {
        if (value != null) {
            conditions.append(" AND ").append(condition);
            values.add(value);
        }
    }
}
