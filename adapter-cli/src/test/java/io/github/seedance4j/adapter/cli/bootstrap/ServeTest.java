package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.cli.settings.Interrupts;
import io.github.seedance4j.testkit.FakeTokenHub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway's command: what it refuses, what it says, and the keys of its callers. */
class ServeTest {

  @TempDir Path directory;

  private FakeTokenHub hub;

  @BeforeEach
  void startsAFake() {
    hub = FakeTokenHub.start();
  }

  @AfterEach
  void endsIt() {
    hub.close();
  }

  /** Leaves once all is said. */
  private record OnceItListens(CommandRun run) implements Interrupts {
    @Override
    public <T> T during(Supplier<T> work, Runnable goodbye) {
      Thread leaving =
          new Thread(
              () -> {
                while (!run.errSoFar().matches("(?s).*(Keys|Make one): .*\\n")) {
                  LockSupport.parkNanos(1_000_000);
                }
                goodbye.run();
              });
      leaving.setDaemon(true);
      leaving.start();
      T done = work.get();
      try {
        leaving.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return done;
    }
  }

  private CommandRun.Result serve(String... more) {
    String[] words = new String[more.length + 1];
    words[0] = "serve";
    System.arraycopy(more, 0, words, 1, more.length);
    CommandRun run = CommandRun.in(directory).against(hub);
    return run.interrupts(new OnceItListens(run)).run(words);
  }

  private CommandRun.Result keys(String... more) {
    String[] words = new String[more.length + 1];
    words[0] = "keys";
    System.arraycopy(more, 0, words, 1, more.length);
    return serve(words);
  }

  @Test
  void tellsWhereItIsAndTheKeyThatItMadeForItself() throws IOException {
    CommandRun.Result first = serve("--port", "0");
    CommandRun.Result second = serve("--port", "0", "--json");

    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.out())
        .matches(
            "export TOKENHUB_BASE_URL=http://127\\.0\\.0\\.1:\\d+/api/v1\n"
                + "export TOKENHUB_API_KEY=sgw_[\\w-]{43}\n"
                + "export SEEDANCE_ALLOW_LOOPBACK=true\n");
    assertThat(first.err())
        .contains("Clips lie in " + directory.resolve("state/gateway/clips") + "\n")
        .contains("seedance serve keys add TENANT", "Ending: ", "The gateway has ended.");
    String key = first.out().replaceAll("(?s).*(sgw_\\S+).*", "$1");
    assertThat(second.out()).contains("\"key\":\"" + key + "\"", "\"address\":\"http://127.0.0.1:");
    Path secret = directory.resolve("state/gateway.secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(secret)).matches("[0-9a-f]{64}\n");
  }

  @Test
  void showsNoKeyOfItsOwnOnceThereIsOne() {
    String secret = keys("add", "studio").out().strip();
    CommandRun.Result run = serve("--port", "0", "--public-url", "https://video.example/");

    assertThat(secret).matches("sgw_[\\w-]{43}");
    assertThat(run.out()).isEqualTo("export TOKENHUB_BASE_URL=https://video.example/api/v1\n");
    assertThat(run.err()).contains("Keys: seedance serve keys list\n").doesNotContain(secret);
  }

  @Test
  void keepsWhatItPlaysOutOfTheDatabaseThatTheEnvironmentNames() {
    CommandRun played = CommandRun.in(directory).against(hub).set("SEEDANCE_DB", "nonsense");
    CommandRun real = CommandRun.in(directory).against(hub).set("SEEDANCE_DB", "nonsense");

    assertThat(played.run("serve", "keys", "list", "--sandbox").exit()).isZero();
    assertThat(real.run("serve", "keys", "list").err()).contains("SEEDANCE_DB: no address");
  }

  @Test
  void listensElsewhereOnlyWithAKeyThatCounts() {
    CommandRun.Result none = serve("--port", "0", "--host", "0.0.0.0");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err())
        .contains("--host 0.0.0.0 is reached from elsewhere, and there is no key")
        .contains("serve keys add TENANT");

    keys("add", "studio");
    assertThat(serve("--port", "0", "--host", "0.0.0.0").exit()).isZero();
    assertThat(keys("revoke", "studio").exit()).isZero();
    assertThat(serve("--port", "0", "--host", "0.0.0.0").exit()).isEqualTo(2);
  }

  @Test
  void addsListsAndRevokesKeys() {
    CommandRun.Result added =
        keys(
            "add",
            "studio",
            "--budget",
            "50/month",
            "--per-minute",
            "60",
            "--allow-field",
            "seed",
            "--allow-field",
            "extra");
    assertThat(added.exit()).as(added.err()).isZero();
    assertThat(added.out()).hasLineCount(1);
    assertThat(added.err())
        .contains(" of tenant studio; it is shown this once.\n")
        .contains("the budget of 50.00 USD per month for studio holds.")
        .doesNotContain(added.out().strip());
    keys("add", "boss", "--admin");

    CommandRun.Result list = keys("list");
    assertThat(list.out().lines()).hasSize(3);
    assertThat(list.out()).contains("studio", "tenant", "60", "extra,seed", "boss", "admin");
    assertThat(keys("list", "--json").out())
        .contains("\"tenant\":\"studio\",\"role\":\"tenant\",\"per_minute\":60")
        .doesNotContain("sgw_");
    assertThat(CommandRun.in(directory).against(hub).run("budget").out())
        .contains("budget of 50.00 USD per month for studio");

    String id = list.out().replaceAll("(?s).*(key-\\w+)  studio.*", "$1");
    assertThat(keys("revoke", id, "boss").err())
        .contains(id + " of tenant studio counts no more.", " of tenant boss counts no more.");
    assertThat(keys("list", "--json").out().lines())
        .allSatisfy(line -> assertThat(line).doesNotContain("\"revoked_at\":null"));
    assertThat(keys("revoke", "boss").err()).contains("there is no key boss");
  }

  @Test
  void asksForTheIdWhereATenantHasSeveralKeys() {
    keys("add", "studio");
    keys("add", "studio");

    CommandRun.Result run = keys("revoke", "studio");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("studio has several keys; name one by its id: key-");
  }

  @Test
  void saysThatAnotherProgramListensThere() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      CommandRun.Result run = serve("--port", String.valueOf(taken.getLocalPort()));

      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err())
          .contains("--port " + taken.getLocalPort() + ": another program listens there");
    }
  }

  @Test
  void refusesASecretThatOthersCanReadOrThatIsNone() throws IOException {
    Path secret = Files.writeString(directory.resolve("link secret"), "0f".repeat(32));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(serve("--port", "0", "--secret-file", "link secret").err())
        .contains("--secret-file: others can read " + secret + ": chmod 600 '" + secret + "'");

    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    assertThat(serve("--port", "0", "--secret-file", "link secret").exit()).isZero();
    Files.writeString(secret, "short");
    assertThat(serve("--port", "0", "--secret-file", "link secret").err())
        .contains("holds no secret: 64 hex digits")
        .doesNotContain("short");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port 70000 | --port: 0 to 65535, not 70000",
        "--public-url studio | --public-url: no http(s) address",
        "--public-url https://a.example/?x=1 | --public-url: nothing but an address",
        "--allow-origin https://a.example/x | --allow-origin: a scheme and a host",
        "--keep soon | --keep: 'soon' is no age",
        "--max-disk 20 | --max-disk: '20' is no size such as 500M, 20G or 1.5T",
        "--unknown-as lost | --unknown-as: 'lost' is not unknown or failed",
        "--db mysql://host/x | --db: no address of a PostgreSQL database",
        "--db postgresql://me:pw1234@host | --db: no address of a PostgreSQL database",
        "--host nowhere.invalid | --host: 'nowhere.invalid' is no address of this machine",
        "--task-seconds 3 | --task-seconds goes with --sandbox",
        "--admin | --admin goes with: seedance serve keys add TENANT",
        "keys list --port 1 | --port is for running the gateway, not for its keys",
        "keys list --admin | --admin goes with: seedance serve keys add TENANT",
        "keys add | write: seedance serve keys add TENANT",
        "keys add Studio | tenant: 1 to 63 of a-z",
        "keys add studio --budget 50 | --budget: '50' is no cap such as 50/month",
        "keys revoke | name the keys: seedance serve keys revoke KEY",
        "keys forget | there are add, list and revoke, not 'forget'",
        "key | there is 'serve' alone and 'serve keys', not 'serve key'",
      })
  void saysWhatIsWrong(String words, String message) {
    CommandRun.Result run = serve(words.split(" "));

    assertThat(run.exit()).as(run.all()).isEqualTo(2);
    assertThat(run.err()).contains(message).doesNotContain("pw1234", "Exception");
  }

  @Test
  void asksForAKeyOfTheProviders() {
    CommandRun.Result run = CommandRun.in(directory).run("serve", "--port", "0");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("no API key. Ways out:", "--sandbox");
  }
}
