package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a key gets into its file, and that it is nowhere else. */
class LoginTest {

  private static final String KEY = "th-very-secret-key";

  @TempDir Path directory;

  @Test
  void keepsAGoodKeyForItsOwnerAloneAndUsesIt() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result login = at(hub).answeringUnseen(KEY + "\n").run("login");

      assertThat(login.exit()).as(login.err()).isZero();
      assertThat(login.err())
          .isEqualTo(
              "The key is accepted by "
                  + hub.baseUrl()
                  + ".\nKept for profile default, for you alone:\n");
      assertThat(login.out()).isEqualTo(keyFile("default") + "\n");
      assertThat(keyFile("default")).hasContent(KEY + "\n" + hub.baseUrl() + "\n");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile("default"))))
          .isEqualTo("rw-------");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(keyFile("default").getParent())))
          .isEqualTo("rwx------");

      CommandRun.Result made = at(hub).run("generate", "x", "--yes");
      CommandRun.Result list = at(hub).run("config", "list");

      assertThat(made.exit()).as(made.err()).isZero();
      assertThat(list.out())
          .contains("key         fingerprint ")
          .contains("  (login, profile default)");
      assertThat(login.all() + made.all() + list.all()).doesNotContain("very-secret");
      assertThat(hub.requests().createsBegun()).isEqualTo(1);
    }
  }

  @Test
  void takesAPipedKeyForAProfileOfItsOwn() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result login =
          at(hub)
              .input(KEY + "\nrest")
              .run("login", "--with-key", "-", "--profile", "client", "--json");

      assertThat(login.exit()).as(login.err()).isZero();
      assertThat(login.out())
          .contains("\"profile\":\"client\"", "\"verified\":true", "\"exit\":0}")
          .doesNotContain("very-secret");
      assertThat(keyFile("client")).hasContent(KEY + "\n" + hub.baseUrl());
      assertThat(at(hub).run("generate", "x", "--yes").err()).startsWith("error: no API key.");
      assertThat(at(hub).run("generate", "x", "--yes", "--profile", "client").exit()).isZero();
    }
  }

  @Test
  void keepsNoKeyThatIsRefused() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result login = at(hub).input("sk-of-somebody-else").run("login");

      assertThat(login.exit()).isEqualTo(4);
      assertThat(login.err())
          .contains("error: " + hub.baseUrl() + " doesn't accept it: ")
          .endsWith("  Nothing is kept. Copy the key again, from the provider's dashboard.\n")
          .doesNotContain("somebody");
      assertThat(keyFile("default")).doesNotExist();
    }
  }

  @Test
  void keepsNoKeyThatCantBeTried() {
    CommandRun.Result login =
        CommandRun.in(directory)
            .set("TOKENHUB_BASE_URL", "http://127.0.0.1:1/api/v1")
            .input(KEY)
            .run("login");

    assertThat(login.exit()).isEqualTo(6);
    assertThat(login.err()).contains("error: the key can't be tried: ");
    assertThat(keyFile("default")).doesNotExist();
  }

  @Test
  void seesThroughAnAddressThatSaysTheSameToAnyKey() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result login =
          at(hub)
              .set("TOKENHUB_BASE_URL", hub.baseUrl().toString().replace("/api/v1", "/v1"))
              .input(KEY)
              .run("login");

      assertThat(login.err())
          .contains("note: whether the key is good can't be told: ")
          .contains("does TOKENHUB_BASE_URL end in /api/v1?");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "login " + KEY,
        "login --with-key " + KEY,
        "login --key=" + KEY,
        "config set model " + KEY,
        "config set " + KEY + " x",
        KEY
      })
  void repeatsNoKeyThatWasTypedWhereOthersSeeIt(String line) {
    CommandRun.Result run = CommandRun.in(directory).run((line + " --json").split(" "));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.all()).isNotEmpty().doesNotContain("very-secret");
    assertThat(keyFile("default")).doesNotExist();
  }

  @Test
  void refusesAKeyThatOthersCanGetAt() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      at(hub).input(KEY).run("login");
      Files.setPosixFilePermissions(
          keyFile("default"), PosixFilePermissions.fromString("rw-r-----"));

      CommandRun.Result run = at(hub).run("generate", "x", "--yes");

      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err())
          .startsWith(
              "error: others can get at the key in "
                  + keyFile("default")
                  + ", so it isn't used: chmod 600 "
                  + keyFile("default")
                  + "\n");
      assertThat(hub.requests().createsBegun()).isZero();
    }
  }

  @Test
  void prefersTheEnvironmentsKeyAndSaysSoWhereAProfileWasNamed() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      at(hub).input(KEY).run("login", "--profile", "client");

      CommandRun.Result run =
          at(hub)
              .set("TOKENHUB_API_KEY", "th-other")
              .run("status", "task-1", "--profile", "client");

      assertThat(run.err())
          .startsWith("note: TOKENHUB_API_KEY wins over the key of profile client\n");
      assertThat(
              at(hub)
                  .set("TOKENHUB_API_KEY", "th-other")
                  .set("SEEDANCE_PROFILE", "client")
                  .run("status", "task-1")
                  .err())
          .startsWith("note: TOKENHUB_API_KEY wins over the key of profile client\n");
      assertThat(at(hub).set("TOKENHUB_API_KEY", "th-other").run("status", "task-1").err())
          .doesNotContain("wins over");
    }
  }

  @Test
  void forgetsTheKey() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      at(hub).input(KEY).run("login");

      assertThat(at(hub).run("logout").err())
          .isEqualTo("The key of profile default is forgotten.\n");
      assertThat(keyFile("default")).doesNotExist();
      assertThat(at(hub).run("logout").err()).isEqualTo("No key was kept for profile default.\n");
    }
  }

  @Test
  void namesTheLoginWhereItsKeyIsNoLongerAccepted() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      at(hub).input(KEY).run("login");
      Files.writeString(keyFile("default"), "sk-revoked\n" + hub.baseUrl());

      assertThat(at(hub).run("status", "task-1").err())
          .endsWith(
              "error: the provider did not accept the key. Check the key of 'seedance login'.\n");
    }
  }

  @Test
  void showsTheKeyToNoOtherAddressThanItWasTriedAt() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start();
        FakeTokenHub other = FakeTokenHub.start()) {
      at(hub).input(KEY).run("login");

      CommandRun.Result byVariable = at(other).run("generate", "x", "--yes");
      Files.writeString(
          directory.resolve("config/config.ini"), "base-url = " + other.baseUrl() + "\n");
      CommandRun.Result byFile =
          CommandRun.in(directory)
              .set("SEEDANCE_ALLOW_LOOPBACK", "true")
              .run("generate", "x", "--yes");
      CommandRun.Result checked = at(other).run("doctor");

      assertThat(byVariable.exit()).isEqualTo(2);
      assertThat(byVariable.err())
          .startsWith(
              "error: the key of this login is for "
                  + hub.baseUrl()
                  + ", and TOKENHUB_BASE_URL is "
                  + other.baseUrl()
                  + ": nothing was sent there. If that is right, seedance login --profile default"
                  + " with a key for it, or set TOKENHUB_API_KEY\n");
      assertThat(byFile.exit()).isEqualTo(2);
      assertThat(byFile.err()).contains("and base-url in config.ini is " + other.baseUrl());
      assertThat(checked.all()).contains("the key of this login is for " + hub.baseUrl());
      assertThat(other.requests().createsBegun()).isZero();

      assertThat(at(hub).run("generate", "x", "--yes").exit()).isZero();
      assertThat(at(other).input(KEY).run("login").exit()).isZero();
      assertThat(at(other).run("generate", "x", "--yes").exit()).isZero();
    }
  }

  @Test
  void takesAKeyThatSaysNoAddressForTheProvidersOwn() throws IOException {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      at(hub).input(KEY).run("login");
      Files.writeString(keyFile("default"), KEY + "\n"); // as earlier versions wrote it

      CommandRun.Result run = at(hub).run("generate", "x", "--yes");

      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains("is for https://tokenhub.store/api/v1, and");
      assertThat(hub.requests().createsBegun()).isZero();
    }
  }

  private CommandRun at(FakeTokenHub hub) {
    return CommandRun.in(directory)
        .set("TOKENHUB_BASE_URL", hub.baseUrl().toString())
        .set("SEEDANCE_ALLOW_LOOPBACK", "true");
  }

  private Path keyFile(String profile) {
    return directory.toAbsolutePath().resolve("config").resolve("key-" + profile);
  }
}
