package coop.imece.platform.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/// `mongod` in a Docker engine, on the same port inside and outside, so that the replica set knows itself by the
/// address its clients use.
final class MongoContainer implements ServerProcess {

    /// 128 + SIGKILL.
    private static final long KILLED = 137;

    private final Container container;

    private MongoContainer(Container container) {
        this.container = container;
    }

    static MongoContainer start(List<String> arguments, Path data, int port) {
        var container = new Container(arguments, data, port);
        container.start();
        return new MongoContainer(container);
    }

    /// The process id on the machine the engine runs on.
    @Override
    public long pid() {
        var pid = container.getCurrentContainerInfo().getState().getPidLong();
        return pid == null ? -1 : pid;
    }

    @Override
    public boolean isAlive() {
        return container.isRunning();
    }

    @Override
    public void kill() {
        container
                .getDockerClient()
                .killContainerCmd(container.getContainerId())
                .withSignal("KILL")
                .exec();
        container.stop();
    }

    @Override
    public void freeze() {
        container
                .getDockerClient()
                .pauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void thaw() {
        container
                .getDockerClient()
                .unpauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public boolean stop(Duration patience) {
        boolean killed = false;
        if (container.isRunning()) {
            container
                    .getDockerClient()
                    .stopContainerCmd(container.getContainerId())
                    .withTimeout((int) patience.toSeconds())
                    .exec();
            killed = Long.valueOf(KILLED)
                    .equals(container.getCurrentContainerInfo().getState().getExitCodeLong());
        }
        container.stop();
        return !killed;
    }

    private static final class Container extends GenericContainer<Container> {

        Container(List<String> arguments, Path data, int port) {
            super(DockerImageName.parse("mongo:6.0"));
            addFixedExposedPort(port, port);
            withFileSystemBind(data.toString(), "/data/db", BindMode.READ_WRITE);
            withCreateContainerCmdModifier(command -> command.withUser(String.valueOf(ownerOf(data))));
            withCommand(arguments.toArray(String[]::new));
        }

        private static Object ownerOf(Path folder) {
            try {
                return Files.getAttribute(folder, "unix:uid");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
