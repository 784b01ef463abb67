package io.tabot.broken.strategy;

import io.nats.client.Connection;
import java.nio.file.Path;
import java.sql.ResultSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.ta4j.core.BarSeries;

/** Wrong on purpose: a strategy is pure, and NATS, HTTP, SQL and ta4j each have packages that may know them. */
public record KnowsTheWorld(
        ActorRef<String> actor, Path file, Connection nats, HttpRequest request, ResultSet row, BarSeries series) {}
