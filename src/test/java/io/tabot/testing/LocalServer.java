package io.tabot.testing;

import java.nio.file.Path;
import java.util.List;

/**
 * A server that a test runs in a process of its own, on one port of the loopback interface from one start to the next.
 * Its folder is deleted when it is closed.
 */
abstract class LocalServer implements AutoCloseable {
    final Path folder;

    private final int port;
    private final ServerProcess process;

    /** @param program what its folder and its failures are named after */
    LocalServer(String program, int port) {
        this.port = port;
        this.folder = ServerProcess.newFolder("tabot-" + program + "-");
        this.process = new ServerProcess(program, folder.resolve("server.log"));
    }

    /** What starts it. */
    abstract List<String> command();

    /** Whether it serves by now. */
    abstract boolean answers();

    public int port() {
        return port;
    }

    public void start() {
        process.start(command(), this::answers);
    }

    /** Ends it in an orderly way. */
    public void stop() {
        process.stop();
    }

    /** Ends it as a power cut would. */
    public void kill() {
        process.kill();
    }

    /** Freezes it: its connections stay open, and nothing answers. */
    public void pause() {
        process.pause();
    }

    public void resume() {
        process.resume();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.kill();
        }
        ServerProcess.delete(folder);
    }

    final void discard(Path data) {
        if (process.isAlive()) {
            throw new IllegalStateException("stop it before it is emptied");
        }
        ServerProcess.delete(data);
    }
}
