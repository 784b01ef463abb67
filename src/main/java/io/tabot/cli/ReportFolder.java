package io.tabot.cli;

import io.tabot.backtest.BacktestJson;
import io.tabot.backtest.BacktestPage;
import io.tabot.backtest.BacktestReport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the files of a backtest go. Checked before the work is done, so that a long run is not for nothing. */
final class ReportFolder {
    private static final String NO_PERMISSION = "permission denied";

    private final Path folder;
    private final Path json;
    private final Path page;

    private ReportFolder(Path folder) {
        this.folder = folder;
        this.json = folder.resolve("backtest.json");
        this.page = folder.resolve("backtest.html");
    }

    /** Makes the folder if need be. One that can't be written is a {@link UserError}. */
    static ReportFolder prepare(Path folder) {
        var prepared = new ReportFolder(folder);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw prepared.unwritable(e);
        }
        prepared.check(folder);
        for (var file : new Path[] {prepared.json, prepared.page}) {
            if (Files.isDirectory(file)) {
                throw prepared.unwritable(file + " is a folder");
            }
            if (Files.exists(file)) {
                prepared.check(file);
            }
        }
        return prepared;
    }

    void write(BacktestReport report) {
        try {
            try (var file = new BufferedOutputStream(Files.newOutputStream(json))) {
                BacktestJson.write(report, file);
            }
            try (var file = new BufferedOutputStream(Files.newOutputStream(page))) {
                BacktestPage.write(report, file);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void check(Path path) {
        if (!Files.isWritable(path)) {
            throw unwritable(path + ": " + NO_PERMISSION);
        }
    }

    private UserError unwritable(IOException e) {
        return unwritable(
                switch (e) {
                    case AccessDeniedException denied -> denied.getFile() + ": " + NO_PERMISSION;
                    case IOException other ->
                        fileInTheWay()
                                .map(file -> file + " is a file")
                                .orElseGet(() -> String.valueOf(other.getMessage()));
                });
    }

    private Optional<Path> fileInTheWay() {
        return Stream.<Path>iterate(folder.toAbsolutePath(), Objects::nonNull, Path::getParent)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private UserError unwritable(String reason) {
        return new UserError("--out " + folder + " can't be written: " + reason);
    }
}
