package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual page, which is made of the help. */
class ManPageTest {

  @TempDir Path directory;

  @Test
  void isSetWithoutAWarningAndSaysWhatTheHelpSays() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "needs groff: apt install groff");

    String page = set();

    assertThat(page)
        .contains(
            "SEEDANCE(1)",
            "seedance quote [OPTION]... PROMPT",
            "-d, --duration SECONDS",
            "--watermark, --no-watermark",
            "seedance jobs --state unknown,running --since 7d",
            "ENVIRONMENT",
            "  TOKENHUB_API_KEY_FILE    a file that holds it (chmod 600)",
            "EXIT CODES",
            "  5 the task failed",
            "--model fast --480p \\",
            "{\"line\":1,\"violations\":[],\"advice\":[],")
        .doesNotContain("%n", "complete-jobs");
    assertThat(HelpTest.commands())
        .allSatisfy(command -> assertThat(page).contains("seedance " + command + " ["));
  }

  @Test
  void isTheSameEachTime() {
    assertThat(written()).isEqualTo(written()).startsWith(".TH SEEDANCE 1 \"\" \"seedance4j ");
  }

  private String written() {
    return CommandRun.in(directory).run("man").out();
  }

  private String set() throws IOException, InterruptedException {
    Path page = Files.writeString(directory.resolve("seedance.1"), written());
    Process groff =
        new ProcessBuilder(
                "/usr/bin/groff", "-man", "-Tutf8", "-ww", "-P-c", "-rLL=100n", page.toString())
            .redirectErrorStream(true)
            .start();
    String set = new String(groff.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(groff.waitFor()).as(set).isZero();
    assertThat(set).doesNotContain("warning", "error:");
    return set.replaceAll(".\b", "");
  }
}
