package io.github.seedance4j.adapter.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.cli.request.MediaFlags;
import io.github.seedance4j.request.GenerationDraft;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchKeysTest {

  private static final BatchLine LINE =
      new BatchLine(1, "cat", null, MediaFlags.look(GenerationDraft.builder().build()));

  @Test
  void findsItsClipsAgainUnderEverySpellingOfTheAddress() {
    String usual = key("https://tokenhub.store/api/v1");

    assertThat(
            List.of(
                "https://tokenhub.store/api/v1/",
                " HTTPS://TokenHub.Store/api/v1",
                "https://tokenhub.store:443/api/v1"))
        .allSatisfy(address -> assertThat(key(address)).isEqualTo(usual));
    assertThat(
            List.of(
                "https://tokenhub.store:8443/api/v1",
                "https://tokenhub.store/API/v1",
                "https://other.store/api/v1",
                "sandbox"))
        .allSatisfy(address -> assertThat(key(address)).isNotEqualTo(usual));
  }

  private static String key(String address) {
    return new BatchKeys(address).of(LINE);
  }
}
