package coop.imece.platform.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongoChoiceTests {

    @TempDir
    Path home;

    @Test
    void takesTheFirstThatIsThere() throws IOException {
        var environment = new HashMap<String, String>();
        assertThat(choice(environment, true)).isEqualTo(new MongoChoice.Docker());

        var cached = mongod(home.resolve(".cache/imece"));
        assertThat(choice(environment, true)).isEqualTo(new MongoChoice.Executable(cached));

        var onPath = mongod(home.resolve("bin"));
        environment.put("PATH", "/nowhere:" + onPath.getParent());
        assertThat(choice(environment, true)).isEqualTo(new MongoChoice.Executable(onPath));

        var named = mongod(home.resolve("named"));
        environment.put("IMECE_MONGOD", named.toString());
        assertThat(choice(environment, true)).isEqualTo(new MongoChoice.Executable(named));

        environment.put("IMECE_MONGODB_URI", "mongodb://db.example/?replicaSet=rs");
        assertThat(choice(environment, true))
                .isEqualTo(new MongoChoice.External("mongodb://db.example/?replicaSet=rs"));
    }

    @Test
    void looksIntoTheCacheFolderThatTheEnvironmentNames() throws IOException {
        var cached = mongod(home.resolve("elsewhere/imece"));

        assertThat(choice(Map.of("XDG_CACHE_HOME", home.resolve("elsewhere").toString()), false))
                .isEqualTo(new MongoChoice.Executable(cached));
    }

    @Test
    void saysInOneLineWhatToInstall() {
        assertThatThrownBy(() -> choice(Map.of(), false))
                .isInstanceOf(ServerUnavailable.class)
                .hasMessageContaining("infra/bin/install-mongod")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void refusesANameThatIsNoExecutable() {
        assertThatThrownBy(() -> choice(Map.of("IMECE_MONGOD", "/nowhere/mongod"), true))
                .isInstanceOf(ServerUnavailable.class)
                .hasMessageContaining("/nowhere/mongod");
    }

    private MongoChoice choice(Map<String, String> environment, boolean docker) {
        return MongoChoice.of(environment, home, () -> docker);
    }

    private static Path mongod(Path folder) throws IOException {
        var file = Files.writeString(Files.createDirectories(folder).resolve("mongod"), "");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
