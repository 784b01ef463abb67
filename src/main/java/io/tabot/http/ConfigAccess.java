package io.tabot.http;

import io.micrometer.core.instrument.Clock;
import io.tabot.config.Audit;
import io.tabot.config.ChangeReply;
import io.tabot.config.ConfigCommand;
import io.tabot.config.ConfigEntity;
import io.tabot.config.ConfigView;
import io.tabot.config.Promotion;
import io.tabot.config.PromotionAudit;
import io.tabot.config.VoterStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** The ways from the API to the configuration: what is in force from memory, everything else from its owner. */
final class ConfigAccess {
    private static final Duration SHOWN_MAX = Duration.ofSeconds(1);

    private final ActorSystem<?> system;
    private final RecipientRef<ConfigEntity.Command> entity;
    private final ConfigView view;
    private final String environment;
    private final Duration timeout;
    private final Clock stopwatch;
    private final ChangeMeters meters;

    ConfigAccess(ActorSystem<?> system, HttpApi.Parts parts, Duration timeout) {
        this.system = system;
        this.entity = parts.entity();
        this.view = parts.view();
        this.environment = parts.environment();
        this.timeout = timeout;
        this.stopwatch = parts.meters().config().clock();
        this.meters = new ChangeMeters(parts.meters());
    }

    ActorSystem<?> system() {
        return system;
    }

    /** For differences. */
    long nanos() {
        return stopwatch.monotonicTime();
    }

    String environment() {
        return environment;
    }

    Optional<ConfigView.InForce> inForce() {
        return view.current();
    }

    /** How the journals were when their owner was last heard. */
    List<VoterStatus> voters() {
        return view.voters();
    }

    /**
     * Decides the command, and makes it so unless it is only to be validated. A change that is not answered may have
     * happened; a dry run that is not answered fails.
     */
    CompletionStage<ChangeReply> change(ConfigCommand command, boolean validateOnly) {
        return AskPattern.<ConfigEntity.Command, ChangeReply>ask(
                        entity,
                        replyTo -> new ConfigEntity.Change(command, validateOnly, replyTo),
                        timeout,
                        system.scheduler())
                .exceptionally(failure -> {
                    if (!validateOnly && cause(failure) instanceof TimeoutException) {
                        return new ChangeReply.Unconfirmed("no answer in time; it may still take effect;"
                                + " repeat with the same idempotency key");
                    }
                    throw new CompletionException(cause(failure));
                })
                .whenComplete((reply, _) -> meters.count(validateOnly, reply));
    }

    CompletionStage<Audit.Reply> audit(Audit.Query query) {
        return AskPattern.<ConfigEntity.Command, Audit.Reply>ask(
                entity, replyTo -> new ConfigEntity.ReadAudit(query, replyTo), timeout, system.scheduler());
    }

    CompletionStage<PromotionAudit.Reply> promotions() {
        return AskPattern.<ConfigEntity.Command, PromotionAudit.Reply>ask(
                entity, ConfigEntity.ReadPromotions::new, timeout, system.scheduler());
    }

    CompletionStage<Promotion.Standing> standing() {
        return AskPattern.<ConfigEntity.Command, Promotion.Standing>ask(
                entity, ConfigEntity.ReadStanding::new, timeout, system.scheduler());
    }

    /** One that is not answered may have happened. */
    CompletionStage<Promotion.Reply> promote(List<String> voters, String by, String reason) {
        return AskPattern.<ConfigEntity.Command, Promotion.Reply>ask(
                        entity,
                        replyTo -> new ConfigEntity.Promote(voters, by, reason, replyTo),
                        timeout,
                        system.scheduler())
                .exceptionally(failure -> {
                    if (cause(failure) instanceof TimeoutException) {
                        return new Promotion.Unconfirmed("no answer in time; it may still take effect");
                    }
                    throw new CompletionException(cause(failure));
                });
    }

    /** Waits, but not for long, until reads on this node show the revision: who has written it expects to read it. */
    CompletionStage<Done> shows(long revision) {
        return view.reached(revision)
                .toCompletableFuture()
                .completeOnTimeout(null, SHOWN_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(_ -> Done.getInstance());
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
