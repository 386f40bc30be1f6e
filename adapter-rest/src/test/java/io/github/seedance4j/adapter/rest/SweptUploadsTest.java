package io.github.seedance4j.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.rest.access.SignedLinks;
import io.github.seedance4j.adapter.rest.upload.Uploads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweptUploadsTest {

  private static final String NAME = "up-00000000000000000000000000.png";

  @TempDir private Path folder;

  private Uploads uploads() {
    SignedLinks links = new SignedLinks(new byte[32], () -> "http://x", Clock.systemUTC());
    return new Uploads(folder, Uploads.QUOTA, Uploads.KEPT, false, links, () -> Optional.empty());
  }

  @Test
  void goAfterAWeek() throws IOException {
    Path file =
        Files.write(Files.createDirectories(folder.resolve("acme")).resolve(NAME), new byte[9]);
    Instant made = Files.getLastModifiedTime(file).toInstant();

    assertThat(uploads().sweep(made.plus(Duration.ofDays(7)))).isZero();
    assertThat(file).exists();
    assertThat(uploads().sweep(made.plus(Duration.ofDays(7)).plusMillis(1))).isEqualTo(1);
    assertThat(file).doesNotExist();
  }

  @Test
  void goSoonerIfTheirGatewayDiedMeanwhile() throws IOException {
    Path file =
        Files.write(Files.createDirectories(folder.resolve("acme")).resolve(".1"), new byte[9]);
    Instant begun = Files.getLastModifiedTime(file).toInstant();

    assertThat(uploads().sweep(begun.plus(Duration.ofHours(5)))).isZero();
    assertThat(uploads().sweep(begun.plus(Duration.ofHours(7)))).isEqualTo(1);
    assertThat(file).doesNotExist();
  }

  @Test
  void areNoneBeforeTheFirstOne() {
    assertThat(uploads().sweep(Instant.EPOCH)).isZero();
  }
}
