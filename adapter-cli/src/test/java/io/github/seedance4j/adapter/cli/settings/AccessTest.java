package io.github.seedance4j.adapter.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {

  @TempDir Path directory;

  @Test
  void takesAKeyThatSaysNoAddressToTheProvidersOwn() throws IOException {
    Path key = Files.writeString(directory.resolve("key-default"), "th-of-before\n");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Surroundings around =
        TestSurroundings.in(
                directory,
                Clock.systemUTC(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream())
            .with(Settings.in(directory));

    Access access = Access.of(around, warning -> {});

    assertThat(access.key()).isEqualTo("th-of-before");
    assertThat(access.baseUrl()).hasToString("https://tokenhub.store/api/v1");
  }

  @Test
  void takesAnAddressInAnySpellingForTheSame() {
    assertThat(Access.plain("HTTPS://TokenHub.store:443/api/v1/"))
        .isEqualTo(Access.plain("https://tokenhub.store/api/v1"))
        .isNotEqualTo(Access.plain("https://tokenhub.store:444/api/v1"))
        .isNotEqualTo(Access.plain("http://tokenhub.store/api/v1"));
  }
}
