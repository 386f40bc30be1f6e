package io.github.seedance4j.testkit.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipSpecTest {

  @ParameterizedTest
  @ValueSource(ints = {-2, 0, 14, 17, 4098})
  void rejectsSizesNoDecoderTakes(int size) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClipSpec(size, 720, 121, true, List.of()))
        .withMessage("width: even, 16 to 4096, not " + size);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClipSpec(1280, size, 121, true, List.of()))
        .withMessage("height: even, 16 to 4096, not " + size);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 10_001})
  void rejectsLengthsOutOfRange(int frames) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClipSpec(1280, 720, frames, true, List.of()))
        .withMessage("frames: 1 to 10000, not " + frames);
  }

  @Test
  void acceptsTheLimits() {
    assertThat(new ClipSpec(16, 4096, 1, false, List.of()).height()).isEqualTo(4096);
    assertThat(new ClipSpec(4096, 16, 10_000, false, List.of()).frames()).isEqualTo(10_000);
  }

  @Test
  void keepsItsOwnCopyOfTheCaption() {
    List<String> caption = new ArrayList<>(List.of("task-1"));
    ClipSpec spec = new ClipSpec(1280, 720, 121, true, caption);
    caption.add("later");
    assertThat(spec.caption()).containsExactly("task-1");
  }
}
