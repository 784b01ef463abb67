package io.tabot.broken.strategy;

import io.nats.client.Connection;
import java.nio.file.Path;
import java.sql.ResultSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** Wrong on purpose: a strategy is pure, and NATS, HTTP and SQL each have one package that knows them. */
public record KnowsTheWorld(ActorRef<String> actor, Path file, Connection nats, HttpRequest request, ResultSet row) {}
