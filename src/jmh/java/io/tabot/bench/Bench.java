package io.tabot.bench;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs every benchmark of this package and prints one table, with ta4j's figures as multiples of ours. */
public final class Bench {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Map<String, Figures> figures = new LinkedHashMap<>();

    /** What one operation costs: elapsed and CPU nanoseconds, bytes. */
    private record Figures(double elapsed, double cpu, double bytes) {}

    private Bench() {}

    public static void main(String[] arguments) throws RunnerException {
        var before = load();
        var bench = new Bench();
        bench.run();
        System.out.println();
        System.out.printf(
                "%s on Java %s, %d CPUs, load average %s before and %s after%n%n",
                System.getProperty("os.arch"),
                System.getProperty("java.vm.version"),
                Runtime.getRuntime().availableProcessors(),
                before,
                load());
        bench.print();
    }

    private void run() throws RunnerException {
        var options = new OptionsBuilder()
                .include(Bench.class.getPackageName())
                .forks(2)
                .warmupIterations(4)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuTime.class)
                .build();
        new Runner(options).run().forEach(this::note);
    }

    private void note(RunResult result) {
        var params = result.getParams();
        var method = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
        var windows = params.getParam("windows");
        figures.put(
                windows == null ? method : method + " " + windows,
                new Figures(
                        result.getPrimaryResult().getScore(),
                        secondary(result, CpuTime.NAME),
                        secondary(result, ALLOCATED)));
    }

    private void print() {
        System.out.println("| one operation | CPU ns | elapsed ns | bytes |");
        System.out.println("|---|---|---|---|");
        row("evaluation, silent window", "evaluation silent");
        row("evaluation, firing window", "evaluation firing");
        row("indicators, streaming, ours", "oursStreaming");
        row("indicators, streaming, ta4j", "ta4jStreaming");
        row("indicators, fresh series, ours", "oursFresh");
        row("indicators, fresh series, ta4j", "ta4jFresh");
        System.out.println();
        System.out.println("| ours : ta4j | CPU | elapsed | bytes |");
        System.out.println("|---|---|---|---|");
        ratio("streaming, ta4j with its endless memory", "oursStreaming", "ta4jStreaming");
        ratio("fresh series", "oursFresh", "ta4jFresh");
        ratio("values of exactly 250 candles: streaming : fresh", "oursStreaming", "ta4jFresh");
    }

    private void row(String title, String name) {
        var row = of(name);
        System.out.printf("| %s | %,.0f | %,.0f | %,.0f |%n", title, row.cpu(), row.elapsed(), row.bytes());
    }

    private void ratio(String title, String ours, String theirs) {
        var one = of(ours);
        var other = of(theirs);
        System.out.printf(
                "| %s | 1 : %.1f | 1 : %.1f | 1 : %.0f |%n",
                title, other.cpu() / one.cpu(), other.elapsed() / one.elapsed(), other.bytes() / one.bytes());
    }

    private Figures of(String name) {
        return Objects.requireNonNull(figures.get(name), name);
    }

    private static double secondary(RunResult result, String name) {
        return result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(name))
                .mapToDouble(entry -> entry.getValue().getScore())
                .findFirst()
                .orElse(Double.NaN);
    }

    private static String load() {
        return "%.1f".formatted(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
