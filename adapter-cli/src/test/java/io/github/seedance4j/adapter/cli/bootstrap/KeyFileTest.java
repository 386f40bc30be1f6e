package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.service.SeveralAccounts;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.testkit.FakeTokenHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

  @TempDir Path directory;

  private final List<String> warnings = new ArrayList<>();
  private FakeTokenHub hub;
  private Path file;

  @BeforeEach
  void startsAFake() throws IOException {
    hub = FakeTokenHub.start();
    file = Files.writeString(directory.resolve("keys"), "th-new\n");
  }

  @AfterEach
  void endsIt() {
    hub.close();
  }

  private KeyFile keyFile() {
    return new KeyFile(file, hub::provider, warnings::add);
  }

  private SeveralAccounts accounts(KeyFile keys) {
    return SeveralAccounts.on(
        new InMemoryJobJournal(),
        (provider, journal) ->
            VideoGenerationService.builder().provider(provider).journal(journal).build(),
        keys.open());
  }

  private ProviderAccount account(String key) {
    return hub.provider(key).account();
  }

  @Test
  void takesUpAReplacedKeyAndLetsTheOldOneGo() throws IOException {
    KeyFile keys = keyFile();
    try (SeveralAccounts accounts = accounts(keys)) {
      keys.look(accounts);
      assertThat(warnings).isEmpty();

      Files.writeString(file, "# since November\n th-newer \n\nth-new\n");
      keys.look(accounts);
      assertThat(accounts.accounts()).containsExactly(account("th-newer"), account("th-new"));
      assertThat(warnings).singleElement().asString().contains("replaced").doesNotContain("th-");

      Files.writeString(file, "th-newer");
      keys.look(accounts);
      assertThat(accounts.accounts()).containsExactly(account("th-newer"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n# none\n", "th-a b", "th-é", "gone"})
  void changesNothingForAFileThatIsBrokenAndSaysSoOnce(String text) throws IOException {
    KeyFile keys = keyFile();
    try (SeveralAccounts accounts = accounts(keys)) {
      if (text.equals("gone")) {
        Files.delete(file);
      } else {
        Files.writeString(file, text);
      }
      keys.look(accounts);
      keys.look(accounts);

      assertThat(accounts.accounts()).containsExactly(account("th-new"));
      assertThat(warnings)
          .singleElement()
          .asString()
          .startsWith("TOKENHUB_API_KEY_FILE: " + file)
          .endsWith("; the keys before stay in use")
          .doesNotContain("th-");

      Files.writeString(file, "th-mended");
      keys.look(accounts);
      assertThat(accounts.accounts()).containsExactly(account("th-mended"));
    }
  }

  @Test
  void refusesToBeginWithoutAKey() throws IOException {
    Files.writeString(file, "");
    assertThatThrownBy(this::keyFile)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("TOKENHUB_API_KEY_FILE: " + file + " holds no key");
  }
}
