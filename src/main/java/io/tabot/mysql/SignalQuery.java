package io.tabot.mysql;

import io.tabot.signal.RecentSignals.Filter;
import io.tabot.signal.SignalCounts;
import io.tabot.signal.SignalCounts.Group;
import io.tabot.signal.SignalGrouping;
import io.tabot.signal.SignalGrouping.Field;
import io.tabot.signal.SignalStore.Kept;
import io.tabot.signal.SignalStore.Page;
import io.tabot.signal.SignalStore.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the table of signals has under some conditions: a page of it, newest first, or how many. Conditions are text of
 * ours; values are always parameters.
 */
final class SignalQuery {
    private static final String COLUMNS =
            "SELECT payload, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', sent_at) DIV 1000, number FROM ta_bot_signals";

    private final StringBuilder conditions = new StringBuilder(" WHERE environment = ?");
    private final List<Object> values = new ArrayList<>();

    SignalQuery(String environment, Filter filter) {
        values.add(environment);
        and("symbol = ?", filter.symbol() == null ? null : filter.symbol().name());
        and("strategy = ?", filter.strategyId());
        and(
                "timeframe = ?",
                filter.timeframe() == null ? null : filter.timeframe().id());
        and("action = ?", filter.actionId());
        and("sent_at >= ?", filter.since() == null ? null : SqlTimes.text(filter.since()));
        and("sent_at < ?", filter.until() == null ? null : SqlTimes.text(filter.until()));
        var bounds = filter.bounds();
        and("open_time >= ?", bounds.opened() == null ? null : SqlTimes.text(bounds.opened()));
        and("open_time < ?", bounds.openedBefore() == null ? null : SqlTimes.text(bounds.openedBefore()));
        and("confidence >= ?", bounds.confidenceMin());
        and("confidence <= ?", bounds.confidenceMax());
        and("config_revision >= ?", bounds.revisionMin());
        and("config_revision <= ?", bounds.revisionMax());
        // The table has only what went out.
        and("? = TRUE", bounds.published());
    }

    Page page(Connection connection, @Nullable Place before, int limit) throws SQLException {
        var paged = new StringBuilder(conditions);
        var all = new ArrayList<>(values);
        if (before != null) {
            var time = SqlTimes.text(before.sentAt());
            paged.append(" AND sent_at <= ? AND (sent_at < ? OR number < ?)");
            all.addAll(List.of(time, time, before.number()));
        }
        var sql = COLUMNS + paged + " ORDER BY sent_at DESC, number DESC LIMIT " + (limit + 1);
        try (var statement = prepared(connection, sql, all);
                var rows = statement.executeQuery()) {
            var found = new ArrayList<Kept>();
            Place last = null;
            while (rows.next()) {
                if (found.size() == limit) {
                    return new Page(found, last);
                }
                found.add(Kept.sent(rows.getString(1)));
                last = new Place(Instant.ofEpochMilli(rows.getLong(2)), rows.getLong(3));
            }
            return new Page(found, null);
        }
    }

    SignalCounts count(Connection connection, SignalGrouping grouping) throws SQLException {
        var columns = new ArrayList<String>();
        var bucket = grouping.bucket();
        if (bucket != null) {
            var seconds = bucket.toSeconds();
            columns.add("TIMESTAMPDIFF(SECOND, '1970-01-01', open_time) DIV " + seconds + " * " + seconds);
        }
        grouping.fields().forEach(field -> columns.add(column(field)));
        var groups = columns.isEmpty() ? "" : " GROUP BY " + String.join(", ", columns);
        columns.add("COUNT(*)");
        var sql = "SELECT " + String.join(", ", columns) + " FROM ta_bot_signals" + conditions + groups + " LIMIT "
                + (SignalGrouping.GROUPS_MAX + 1);
        var tally = new SignalCounts.Tally(grouping);
        try (var statement = prepared(connection, sql, values);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                var group = new ArrayList<String>();
                for (var column = bucket == null ? 1 : 2; column < columns.size(); column++) {
                    group.add(String.valueOf(rows.getString(column)));
                }
                if (rows.getLong(columns.size()) > 0) {
                    tally.add(
                            new Group(bucket == null ? null : rows.getLong(1) * 1_000, group),
                            rows.getLong(columns.size()));
                }
            }
        }
        return tally.counted();
    }

    private static PreparedStatement prepared(Connection connection, String sql, List<Object> values)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        return statement;
    }

    private static String column(Field field) {
        return switch (field) {
            case STRATEGY -> "strategy";
            case SYMBOL -> "symbol";
            case TIMEFRAME -> "timeframe";
            case ACTION -> "action";
            case REVISION -> "config_revision";
        };
    }

    private void and(String condition, @Nullable Object value) {
        if (value != null) {
            conditions.append(" AND ").append(condition);
            values.add(value);
        }
    }
}
