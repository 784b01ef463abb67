package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.testing.Events;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastStateWriterTest {
    @TempDir
    Path folder;

    /** What somebody with time for a disk has still to do. */
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    private LastStateFile file;
    private LastStateWriter writer;

    @BeforeEach
    void prepare() {
        file = new LastStateFile(folder, "test");
        writer = new LastStateWriter(file, tasks::add);
    }

    @Test
    void leavesTheDiskToItsExecutor() {
        writer.write(state(1), 0);

        assertThat(file.read()).isEmpty();
        tasks.remove().run();
        assertThat(saved()).isEqualTo(1);
    }

    @Test
    void writesTheNewestOfAllThatCameMeanwhileAndOneAtATime() {
        writer.write(state(1), 0);
        writer.write(state(2), 0);
        writer.write(state(3), 0);

        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        assertThat(saved()).isEqualTo(3);
    }

    @Test
    void writesAgainAfterItHasCaughtUp() {
        writer.write(state(1), 0);
        tasks.remove().run();

        writer.write(state(2), 4);
        tasks.remove().run();

        assertThat(saved()).isEqualTo(2);
        assertThat(file.read().orElseThrow().generation()).isEqualTo(4);
    }

    @Test
    void isClosedWhenAllIsWritten() {
        var disk = Executors.newSingleThreadExecutor();
        try (disk) {
            var busy = new LastStateWriter(file, disk);
            for (var revision = 1; revision <= 20; revision++) {
                busy.write(state(revision), 0);
            }
            busy.close();

            assertThat(saved()).isEqualTo(20);
        }
    }

    private long saved() {
        return file.read().orElseThrow().state().revision();
    }

    private static ConfigState state(int revision) {
        return ConfigState.replay("test", Events.chain(revision)).withoutMemory();
    }
}
