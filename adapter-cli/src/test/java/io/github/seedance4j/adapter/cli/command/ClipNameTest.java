package io.github.seedance4j.adapter.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClipNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          A golden retriever running on a sunny beach | golden-retriever-running
          Une forêt d'automne, feuilles dorées        | forêt-automne-feuilles
          一只金毛犬在沙滩上奔跑                         | 一只金毛犬在沙滩上奔跑
          ../../etc/passwd                            | etc-passwd
          `   `                                       | clip
          !!!                                         | clip
          the of a                                    | clip
          CON                                         | clip-con
          $(rm -rf ~); "x"                            | rm-rf-x
          -o --yes                                    | o-yes
          """)
  void makesASafeNameOfTheFirstTellingWords(String prompt, String name) {
    assertThat(ClipName.of(prompt)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({"task-1a2b-3c4d-5e6f.x_y, task-1a2b-3c4d-5e6f.x_y", "../a/b, a-b", "..., clip"})
  void keepsATasksIdWhole(String id, String name) {
    assertThat(ClipName.ofTask(id)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({"😀, clip", "x😀y, x-y"})
  void leavesOutWhatIsNoLetter(String prompt, String name) {
    assertThat(ClipName.of(prompt)).isEqualTo(name);
  }
}
