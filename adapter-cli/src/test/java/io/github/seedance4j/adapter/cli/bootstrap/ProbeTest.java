package io.github.seedance4j.adapter.cli.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.assertion.LedgerAssertions;
import io.github.seedance4j.testkit.media.ClipSpec;
import io.github.seedance4j.testkit.media.PlayableClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --probe}: media behind addresses, looked at before anything is sent. */
class ProbeTest {

  private static final byte[] CLIP =
      PlayableClip.render(new ClipSpec(1280, 720, 121, false, List.of("far")));

  /** Of five seconds from a video of unknown length, as long as it may be. */
  private static final String UNKNOWN = "1.40–4.00 USD\n";

  @TempDir Path directory;

  private MediaServer media;

  @BeforeEach
  void serve() throws IOException {
    media = new MediaServer(CLIP);
  }

  @AfterEach
  void stop() {
    media.close();
  }

  /** Without a key, as everybody quotes. */
  private CommandRun.Result quote(String... words) {
    return run(CommandRun.in(directory).set("SEEDANCE_ALLOW_LOOPBACK", "true"), "quote", words);
  }

  private static CommandRun.Result run(CommandRun run, String command, String... words) {
    String[] all = new String[words.length + 2];
    all[0] = command;
    all[1] = "a dog";
    System.arraycopy(words, 0, all, 2, words.length);
    return run.run(all);
  }

  @ParameterizedTest
  @CsvSource({"parts", "whole"})
  void pricesAVideoBehindAnAddressByItsLength(String path) {
    CommandRun.Result run = quote("--video", media.url(path), "--probe");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("2.0084 USD").contains("input video 5.042 s");
    assertThat(run.err()).isEmpty();
    assertThat(media.asked()).containsExactly("/" + path);
  }

  @Test
  void callsNobodyWithoutTheFlag() {
    CommandRun.Result run = quote("--video", media.url("parts"), "-q");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo(UNKNOWN);
    assertThat(media.asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none|127.0.0.1 answered 404",
        "lies|127.0.0.1 sends another part than it was asked for",
      })
  void goesOnWithoutALengthThatNobodyTells(String path, String why) {
    CommandRun.Result run = quote("--video", media.url(path), "--probe");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err())
        .startsWith(
            "note: "
                + media.address()
                + "/"
                + path
                + " can't be looked at: "
                + why
                + "; the request goes on without knowing its length or size\nnote: [video-length-unknown] ");
    assertThat(quote("--video", media.url(path), "--probe", "-q").out()).isEqualTo(UNKNOWN);
  }

  @Test
  void goesOnWhereNobodyListensOrNothingIsUnderstood() throws IOException {
    String nowhere = "http://127.0.0.1:1/a.mp4?sig=s3cret";
    CommandRun.Result run = quote("--video", nowhere, "--probe");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("note: http://127.0.0.1:1/a.mp4 can't be looked at: 127.0.0.1: no answer: ")
        .doesNotContain("s3cret");

    try (MediaServer page = new MediaServer("<html>Log in</html>".getBytes(UTF_8))) {
      assertThat(quote("--video", page.url("whole"), "--probe").err())
          .contains("can't be looked at: it is a text file, and no picture, video or sound");
    }
  }

  @Test
  void cutsOffWhoeverDrips() throws Exception {
    try (CommandProcess process =
        CommandProcess.start(
            directory,
            media.address(),
            List.of("-Dseedance.probe.millis=900"),
            "quote",
            "a dog",
            "--video",
            media.url("drips"),
            "--probe")) {
      assertThat(process.awaitExit()).as(process.said()).isZero();
      assertThat(process.said())
          .contains("/drips can't be looked at: 127.0.0.1 was not done within ")
          .doesNotContain("s3cret");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:%d/parts?sig=s3cret",
    "http://localhost:%d/parts?sig=s3cret",
    "http://2130706433:%d/parts?sig=s3cret",
    "http://10.0.0.7:%d/parts?sig=s3cret",
    "http://169.254.169.254:%d/latest?sig=s3cret",
  })
  void callsNoPrivateAddress(String form) {
    int port = Integer.parseInt(media.address().replaceAll(".*:", ""));
    CommandRun.Result run =
        run(CommandRun.in(directory), "quote", "--video", String.format(form, port), "--probe");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("can't be looked at: the link leads to ")
        .contains("which is no public address; it is not called")
        .doesNotContain("s3cret");
    assertThat(media.asked()).isEmpty();
  }

  @Test
  void refusesWhatIsOfAnotherKind() {
    CommandRun.Result run = quote("--first-frame", media.url("parts"), "--probe");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains(media.address() + "/parts: it is a video, where a picture goes")
        .doesNotContain("s3cret");
  }

  @Test
  void advisesAsOfFiles() throws IOException {
    byte[] tiny = PlayableClip.render(new ClipSpec(320, 240, 24, false, List.of()));
    try (MediaServer small = new MediaServer(tiny)) {
      CommandRun.Result run = quote("--video", small.url("parts"), "--probe");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.err()).contains("[media-pixels] --video ", "[media-length] --video ");
    }
  }

  @Test
  void isForOneClipOrABatch() {
    CommandRun.Result run =
        CommandRun.in(directory).run("quote", "--from", "requests.jsonl", "--probe");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--probe is for one clip; of a file, try 'batch FILE");
  }

  @Test
  void sendsTheLengthThatItRead() {
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      CommandRun.Result run =
          run(
              CommandRun.in(directory).against(hub),
              "generate",
              "--video",
              media.url("parts"),
              "--probe",
              "--max-cost",
              "2.10");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(hub.requests().creates().get(0).body())
          .contains("\"video_url\":\"" + media.url("parts"))
          .contains("\"video_durations\":[5.042]");
    }
  }

  @Test
  void looksInTheSandboxAsAnywhere() {
    CommandRun.Result run =
        run(
            CommandRun.in(directory),
            "generate",
            "--video",
            "http://127.0.0.1:1/a.mp4",
            "--probe",
            "--sandbox");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("http://127.0.0.1:1/a.mp4 can't be looked at: the link leads");
  }

  @Test
  void makesALineOfABatchOnceWithOrWithoutALook() throws IOException {
    Files.writeString(
        directory.resolve("shots.jsonl"),
        """
        {"id":"one","model":"fast","prompt":"a dog","video_url":"URL"}
        {"model":"fast","prompt":"a cat","video_url":"URL"}
        """
            .replace("URL", media.url("parts")));
    try (FakeTokenHub hub = FakeTokenHub.start()) {
      String[] words = {"batch", "shots.jsonl", "--out-dir", "out", "--budget", "9"};
      CommandRun.Result first = CommandRun.in(directory).against(hub).run(with(words, "--probe"));
      CommandRun.Result again = CommandRun.in(directory).against(hub).run(words);

      assertThat(first.exit()).as(first.err()).isZero();
      assertThat(again.exit()).as(again.err()).isZero();
      assertThat(media.asked()).containsExactly("/parts");
      assertThat(hub.requests().creates())
          .hasSize(2)
          .allSatisfy(call -> assertThat(call.body()).contains("\"video_durations\":[5.042]"));
      LedgerAssertions.assertThat(hub.ledger()).chargedTimes(2);
    }
  }

  private static String[] with(String[] words, String more) {
    String[] all = java.util.Arrays.copyOf(words, words.length + 1);
    all[words.length] = more;
    return all;
  }
}
