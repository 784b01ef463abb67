package io.tabot;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The walls between the packages below one root, as rules. What may lean on what is told by {@link #ARROWS}. */
final class Architecture {
    private static final String[] DOMAIN = {"market", "indicator", "strategy", "config", "signal"};
    private static final String[] ADAPTERS = {"journal", "nats", "mysql", "demo", "backtest", "importer"};

    /** From each package to the ones it may use. The root wires everything, so it may use all but the command line. */
    private static final Map<String, List<String>> ARROWS = new TreeMap<>(Map.ofEntries(
            Map.entry("", anyOf(DOMAIN, ADAPTERS, "live", "ops", "access", "http", "mcp", "trace")),
            Map.entry("access", List.of()),
            Map.entry("live", List.of()),
            Map.entry("trace", List.of()),
            Map.entry("market", List.of()),
            Map.entry("indicator", List.of()),
            Map.entry("strategy", List.of("market", "indicator")),
            Map.entry("config", List.of("live", "market", "strategy", "trace")),
            Map.entry("signal", List.of("live", "market", "strategy", "config", "trace")),
            Map.entry("journal", List.of("config")),
            Map.entry("nats", List.of("live", "market", "signal", "journal", "trace")),
            Map.entry("mysql", List.of("market", "signal", "journal")),
            Map.entry("demo", List.of("market", "signal")),
            Map.entry("backtest", List.of("market", "strategy", "config", "signal")),
            Map.entry("importer", List.of("config", "journal")),
            Map.entry("ops", anyOf(DOMAIN, ADAPTERS)),
            Map.entry("http", anyOf(DOMAIN, ADAPTERS, "live", "ops", "access", "mcp", "trace")),
            Map.entry("mcp", List.of("market", "strategy", "config")),
            Map.entry("cli", anyOf(DOMAIN, ADAPTERS, "live", "ops", "access", "http", "mcp", ""))));

    /** Packages without time, files and frameworks: a result depends on the arguments alone. */
    private static final String[] PURE = {"market", "indicator", "strategy"};

    /** Where the clock and chance are read; everything else is handed a {@link Clock}, ids and seeds. */
    private static final String[] ENTRIES = {"", "ops", "cli"};

    private static final DescribedPredicate<JavaAccess<?>> READS_CLOCK_OR_CHANCE =
            DescribedPredicate.describe("reads the clock or chance", Architecture::readsClockOrChance);

    private static final DescribedPredicate<JavaAccess<?>> FOLLOWS_THE_LOCALE =
            DescribedPredicate.describe("writes differently in another country", Architecture::followsTheLocale);

    private final String root;

    Architecture(String root) {
        this.root = root;
    }

    List<ArchRule> rules() {
        var rules = new ArrayList<ArchRule>();
        ARROWS.forEach((from, to) -> rules.add(arrow(from, to)));
        rules.add(classes()
                .that()
                .resideInAPackage(root + "..")
                .should(resideIn(ARROWS.keySet()))
                .because("a package whose arrows nobody drew is checked by no rule: add it to ARROWS"));
        rules.add(slices().matching(root + ".(*)..").should().beFreeOfCycles());
        rules.addAll(purity());
        rules.add(onlyIn("NATS", List.of("nats"), "io.nats.."));
        rules.add(onlyIn("HTTP", List.of("http"), "org.apache.pekko.http.."));
        rules.add(onlyIn("OpenTelemetry", List.of("trace"), "io.opentelemetry.."));
        rules.add(onlyIn("ta4j", List.of("backtest"), "org.ta4j.."));
        rules.add(onlyIn("SQL", List.of("journal", "mysql", "importer"), "java.sql..", "javax.sql..", "slick.."));
        rules.add(noClasses()
                .that(not(in(ENTRIES)))
                .should()
                .accessTargetWhere(READS_CLOCK_OR_CHANCE)
                .because("simulations run from one seed: take a Clock, an id or a seeded generator as an argument"));
        rules.add(noClasses()
                .should()
                .accessTargetWhere(FOLLOWS_THE_LOCALE)
                .because("hashes and documents are the same on every machine: give it Locale.ROOT"));
        return rules.stream().map(rule -> rule.allowEmptyShould(true)).toList();
    }

    private ArchRule arrow(String from, List<String> to) {
        var allowed = Stream.concat(to.stream(), Stream.of(from)).toArray(String[]::new);
        return noClasses()
                .that(in(from))
                .should()
                .dependOnClassesThat(resideInAPackage(root + "..").and(not(in(allowed))))
                .because((from.isEmpty() ? "the root" : from) + " may use "
                        + (to.isEmpty()
                                ? "no other package"
                                : String.join(", ", to).replaceFirst(", $", ", the root")));
    }

    private List<ArchRule> purity() {
        return List.of(
                pure("no Pekko", resideInAnyPackage("org.apache.pekko..", "scala..")),
                pure("no metrics", resideInAPackage("io.micrometer..")),
                pure(
                        "no I/O",
                        resideInAnyPackage("java.io", "java.nio.file..", "java.nio.channels..", "java.net..")
                                .and(not(JavaClass.Predicates.type(java.io.Serializable.class)))));
    }

    private ArchRule pure(String what, DescribedPredicate<JavaClass> banned) {
        return noClasses()
                .that(in(PURE))
                .should()
                .dependOnClassesThat(banned)
                .because("these packages are pure: " + what);
    }

    private ArchRule onlyIn(String what, List<String> packages, String... banned) {
        return noClasses()
                .that(resideInAPackage(root + "..").and(not(in(packages.toArray(String[]::new)))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(banned)
                .because("only " + String.join(" and ", packages) + " may know " + what);
    }

    private ArchCondition<JavaClass> resideIn(Collection<String> packages) {
        return ArchCondition.from(in(packages.toArray(String[]::new))
                .as("be in one of the packages " + String.join(" ", packages).strip()));
    }

    /** Classes in one of these packages below the root, or below those; the empty name is the root alone. */
    private DescribedPredicate<JavaClass> in(String... packages) {
        return resideInAnyPackage(Arrays.stream(packages)
                .map(name -> name.isEmpty() ? root : root + "." + name + "..")
                .toArray(String[]::new));
    }

    private static List<String> anyOf(String[] domain, String[] adapters, String... more) {
        return Stream.of(domain, adapters, more).flatMap(Arrays::stream).toList();
    }

    private static boolean followsTheLocale(JavaAccess<?> access) {
        var target = access.getTarget();
        var isText = target.getOwner().isEquivalentTo(String.class);
        return switch (target.getName()) {
            case "formatted" -> isText;
            case "format" -> isText && !target.getFullName().contains("java.util.Locale");
            default -> false;
        };
    }

    private static boolean readsClockOrChance(JavaAccess<?> access) {
        var target = access.getTarget();
        var owner = target.getOwner().getName();
        var name = target.getName();
        var descriptor = target.getFullName();
        return switch (owner) {
            // Not nanoTime: it tells no time of day, and a wait needs a deadline.
            case "java.lang.System" -> name.equals("currentTimeMillis");
            case "java.lang.Math", "java.lang.StrictMath" -> name.equals("random");
            case "java.util.UUID" -> name.equals("randomUUID");
            case "java.util.concurrent.ThreadLocalRandom" -> name.equals("current");
            case "java.time.Clock", "java.time.InstantSource" -> name.startsWith("system") || name.startsWith("tick");
            case "java.util.Random", "java.util.SplittableRandom", "java.util.Date" -> descriptor.endsWith("<init>()");
            case "java.security.SecureRandom" -> name.equals("<init>");
            default -> owner.startsWith("java.time.") && name.equals("now") && !descriptor.contains("java.time.Clock");
        };
    }
}
