package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a batch file may look like, and that all that is wrong with it is said before it is sent.
 */
class BatchFileTest {

  @TempDir Path directory;

  @Test
  void saysEverythingThatIsWrongWithAnyLineAtOnce() throws IOException {
    CommandRun.Result run =
        judged(
            "shots.jsonl",
            "{\"id\":\"a\",\"model\":\"fast\",\"prompt\":\"x\",\"duration\":99,\"resolution\":\"8k\"}\n"
                + "\n"
                + "{\"id\":\"a\",\"model\":\"fast\",\"prompt\":\"x\",\"out\":\"../x\"}\n"
                + "{\"id\":7,\"model\":\"fast\",\"promt\":\"x\"}\n"
                + "nonsense\n"
                + "[1]\n"
                + "{\"id\":\" \",\"id\":\"b\",\"model\":\"slow\",\"prompt\":\"x\",\"out\":\"/etc/x\"}\n"
                + "{\"model\":\"fast\",\"prompt\":\"fine\",\"out\":\"Same\"}\n"
                + "{\"model\":\"fast\",\"prompt\":\"fine too\",\"out\":\"same.mp4\"}\n");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err().lines().map(String::strip))
        .contains(
            "error: 7 lines are not valid; nothing was sent:",
            "line 3: [out-invalid] out: '../x' is no file's name inside --out-dir",
            "line 3: [id-repeated] id: 'a' is that of line 1 too",
            "line 4: [field-type] id: write a text of 1 to 200 characters, not blank",
            "line 7: [field-repeated] id: it is there twice",
            "line 7: [out-invalid] out: '/etc/x' is no file's name inside --out-dir",
            "line 9: [out-repeated] out: 'same.mp4' is that of line 8 too")
        .anyMatch(line -> line.startsWith("line 1: [duration-out-of-range] duration: "))
        .anyMatch(line -> line.startsWith("line 1: [resolution-unknown] resolution: "))
        .anyMatch(line -> line.matches("line 4: \\[field-unknown] promt: .*Did you mean prompt\\?"))
        .anyMatch(line -> line.startsWith("line 5: [request-unreadable] "))
        .anyMatch(line -> line.startsWith("line 6: [request-unreadable] "))
        .anyMatch(line -> line.matches("line 7: \\[model-unknown] .*standard, fast.*"));
    assertThat(directory.resolve("out")).doesNotExist();
  }

  @Test
  void saysThemAsJsonToo() throws IOException {
    Files.writeString(directory.resolve("x.jsonl"), "{\"model\":\"fast\"}\n");

    CommandRun.Result run =
        CommandRun.in(directory)
            .run("batch", "x.jsonl", "--out-dir", "out", "--budget", "1", "--json");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out())
        .startsWith("{\"line\":1,\"error\":{\"code\":\"prompt-required\",\"message\":\"prompt: ")
        .endsWith("},\"exit\":3}\n");
  }

  @Test
  void readsCsvAsSpreadsheetsWriteIt() throws IOException {
    CommandRun.Result run =
        priced(
            "shots.csv",
            "\uFEFFid,model,prompt,duration,resolution,generate_audio,image_urls,out\r\n"
                + "cat,fast,\"a cat, \"\"on\"\"\r\na roof\",4,480p,FALSE,,\r\n"
                + ",,,,,,,\r\n"
                + "dog,standard,a dog,,,,https://example.com/1.png  https://example.com/2.png,d.mp4\r\n");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .containsExactly("2\tcat\t0.40 USD\tto send", "5\tdog\t1.00 USD\tto send");
  }

  @Test
  void takesListsOfNumbersAndContentFromCsv() throws IOException {
    CommandRun.Result run =
        priced(
            "shots.csv",
            "model,prompt,video_urls,video_durations,content\n"
                + "fast,x,https://example.com/a.mp4 https://example.com/b.mp4,2 3.5,\n"
                + "fast,y,,,\"[{\"\"type\"\":\"\"image_url\"\",\"\"role\"\":\"\"first_frame\"\","
                + "\"\"image_url\"\":{\"\"url\"\":\"\"https://example.com/1.png\"\"}}]\"\n");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .containsExactly("2\tline 2\t1.68 USD\tto send", "3\tline 3\t0.80 USD\tto send");
  }

  @Test
  void saysWhatIsWrongWithACsvFile() throws IOException {
    assertThat(said("id,promt,model,model,\n1,x,fast,fast,\n"))
        .contains(
            "line 1: [field-unknown] there is no field 'promt'; did you mean prompt?",
            "line 1: [field-repeated] the column model is there twice",
            "line 1: [field-unknown] a column has no name");
    assertThat(said("model,prompt\nfast,a cat, on a roof\n\nfast\nfast,say \"hi\"\n"))
        .contains(
            "line 2: [csv-malformed] 3 cells under 2 columns: put a cell that has commas in quotes",
            "line 4: [csv-malformed] 1 cells under 2 columns: put a cell that has commas in quotes",
            "line 5: [csv-malformed] a quote inside a cell that does not begin with one: quote the"
                + " whole cell, and write \"\" for a quote in it");
    assertThat(said("model,prompt\nfast,\"open\nfast,x\n"))
        .contains("line 2: [csv-malformed] a quote that is never closed");
    assertThat(said("model,prompt\nfast,\"x\"y\n"))
        .contains(
            "line 2: [csv-malformed] something between a cell's closing quote and the next comma");
    assertThat(said("model;prompt\nfast;x\n"))
        .contains("line 1: [csv-malformed] cells are divided by ';': save it with commas");
    assertThat(said("model,prompt,duration,watermark\nfast,x,\"5,5\",maybe\n"))
        .anyMatch(line -> line.matches("line 2: \\[field-type] duration: .*\"5,5\".*"))
        .anyMatch(line -> line.matches("line 2: \\[field-type] watermark: .*\"maybe\".*"));
  }

  @Test
  void wantsUtf8() throws IOException {
    Files.write(
        directory.resolve("x.csv"),
        "model,prompt\nfast,été\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(CommandRun.in(directory).run("batch", "x.csv", "--dry-run").err())
        .contains("it is not UTF-8: save it as \"CSV UTF-8\"");
  }

  @Test
  void tellsAtOnceWhatIsNoBatch() throws IOException {
    Files.writeString(directory.resolve("empty.jsonl"), "\n\n");
    Files.writeString(directory.resolve("header.csv"), "model,prompt\n");

    assertThat(CommandRun.in(directory).run("batch", "x.txt", "--dry-run").err())
        .contains("x.txt should end in .jsonl or .csv");
    assertThat(CommandRun.in(directory).run("batch", "x.csv", "--dry-run").err())
        .contains("can't read x.csv");
    assertThat(CommandRun.in(directory).run("batch", "empty.jsonl", "--dry-run").err())
        .contains("there are no requests in empty.jsonl");
    assertThat(CommandRun.in(directory).run("batch", "header.csv", "--dry-run").err())
        .contains("there are no requests in header.csv");
    assertThat(CommandRun.in(directory).run("batch", "empty.jsonl").err())
        .contains("--out-dir: say where the clips go");
    assertThat(
            CommandRun.in(directory).run("batch", "empty.jsonl", "--dry-run", "--takes", "0").err())
        .contains("'0' is no number from 1 to 100");
  }

  @Test
  void makesTheExamplesOfTheDocumentation() {
    for (String name : new String[] {"shots.jsonl", "shots.csv"}) {
      Path file = Path.of("..", "docs", "batch", name).toAbsolutePath().normalize();
      String out = name.replace('.', '-');

      CommandRun.Result run =
          CommandRun.in(directory)
              .run(
                  "batch",
                  file.toString(),
                  "--out-dir",
                  out,
                  "--budget",
                  "3.00",
                  "--sandbox",
                  "--journal", // the clips of both have the same ids
                  out + ".db");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(directory.resolve(out).resolve("opening.mp4")).isRegularFile();
      assertThat(directory.resolve(out).resolve("captain.mp4")).isRegularFile();
      assertThat(directory.resolve(out).resolve("cutaways/gulls.mp4")).isRegularFile();
      assertThat(directory.resolve(out).resolve("results.jsonl")).isRegularFile();
    }
  }

  @Test
  void readsTheSameRequestsFromBothExamples() {
    assertThat(dryRun("shots.csv").replaceAll("(?m)^\\d+\t(line \\d+)?", ""))
        .isEqualTo(dryRun("shots.jsonl").replaceAll("(?m)^\\d+\t(line \\d+)?", ""))
        .contains("opening\t0.80 USD", "captain\t0.40 USD", "1.00 USD");
  }

  private String dryRun(String name) {
    Path file = Path.of("..", "docs", "batch", name).toAbsolutePath().normalize();
    return CommandRun.in(directory).run("batch", file.toString(), "--dry-run").out();
  }

  private List<String> said(String csv) throws IOException {
    return judged("shots.csv", csv).err().lines().map(String::strip).toList();
  }

  private CommandRun.Result judged(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
    return CommandRun.in(directory)
        .set("TOKENHUB_API_KEY", "th-test")
        .run("batch", name, "--out-dir", "out", "--budget", "9.00");
  }

  private CommandRun.Result priced(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
    return CommandRun.in(directory).run("batch", name, "--dry-run");
  }
}
