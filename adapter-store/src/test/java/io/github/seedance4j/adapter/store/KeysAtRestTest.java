package io.github.seedance4j.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.port.in.AccessKeys;
import io.github.seedance4j.port.out.ReplayStore;
import io.github.seedance4j.service.AccessKeyService;
import io.github.seedance4j.tenant.AccessKey;
import io.github.seedance4j.tenant.Role;
import io.github.seedance4j.tenant.StoredAnswer;
import io.github.seedance4j.tenant.TenantId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is beside the jobs, beyond the contracts: no secret, and nothing that can't be kept. */
class KeysAtRestTest {

  private static final TenantId ACME = new TenantId("acme");
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  @TempDir Path directory;

  @Test
  void keepsNoSecretInAnyFile() throws Exception {
    List<AccessKeys.Issued> issued = new ArrayList<>();
    JdbcJobJournal journal = JdbcJobJournal.sqlite(directory.resolve("journal.db"));
    try (journal) {
      AccessKeys keys = AccessKeyService.on(journal.accessKeys());
      for (int i = 0; i < 50; i++) {
        issued.add(keys.issue(ACME, i % 2 == 0 ? Role.TENANT : Role.ADMIN, 60, Set.of("seed")));
        assertThat(keys.authenticate(issued.get(i).secret())).contains(issued.get(i).key());
      }
      assertThat(keys.authenticate(AccessKeys.PREFIX + "A".repeat(43))).isEmpty();
      keys.revoke(issued.get(7).key().id());
      assertThat(keys.authenticate(issued.get(7).secret())).isEmpty();
      journal.backup(directory.resolve("copy.db"));
      look("journal.db-wal", issued); // closing any descriptor of the file itself drops its locks
    }
    look("journal.db", issued);
    look("copy.db", issued);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(text(file)).doesNotContain(AccessKeys.PREFIX);
      }
    }
  }

  private void look(String name, List<AccessKeys.Issued> issued) throws IOException {
    String all = text(directory.resolve(name));
    for (AccessKeys.Issued key : issued) {
      assertThat(all.contains(key.key().id())).as("%s is looked at", name).isTrue();
      String secret = key.secret().substring(AccessKeys.PREFIX.length());
      assertThat(all.contains(secret)).as("a secret in %s", name).isFalse();
      assertThat(all.contains(secret.substring(0, 20))).as("half a secret in %s", name).isFalse();
    }
  }

  private static String text(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      byte[] all = new byte[(int) bytes.length()];
      bytes.readFully(all);
      return new String(all, StandardCharsets.ISO_8859_1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatTheDatabaseWouldChange(TestDatabase database) throws Exception {
    try (JdbcJobJournal journal = database.journal(database.migrated(directory))) {
      AccessKey odd =
          new AccessKey("key-0001", ACME, Role.TENANT, null, Set.of("a\0b"), NOON, null);
      assertThatThrownBy(() -> journal.accessKeys().add(odd, DIGEST))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("extraFields: a journal can't keep a text with NUL");
      assertThat(journal.accessKeys().all()).isEmpty();

      ReplayStore replays = journal.replays();
      for (String key : List.of("a\0b", "\ud83d")) {
        ReplayStore.Entry entry = new ReplayStore.Entry(ACME, key, DIGEST, "one", NOON, null);
        assertThatThrownBy(() -> replays.take(entry, NOON, NOON))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("key: a journal can't keep a text with NUL");
        StoredAnswer answer = new StoredAnswer(200, "text/plain", new byte[0]);
        assertThat(replays.answer(ACME, key, "one", answer)).isFalse();
        replays.remove(ACME, key, "one");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesEverythingOnceTheJournalIsClosed(TestDatabase database) throws Exception {
    JdbcJobJournal journal = database.journal(database.migrated(directory));
    journal.close();

    assertThatThrownBy(() -> journal.accessKeys().findByDigest(DIGEST))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("closed: ");
    assertThatThrownBy(() -> journal.replays().forget(NOON))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("closed: ");
  }
}
