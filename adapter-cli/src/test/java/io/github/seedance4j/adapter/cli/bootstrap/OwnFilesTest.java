package io.github.seedance4j.adapter.cli.bootstrap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.assertion.LedgerAssertions;
import io.github.seedance4j.testkit.media.ClipSpec;
import io.github.seedance4j.testkit.media.PlayableClip;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures and clips from the user's own disk. */
class OwnFilesTest {

  private final FakeTokenHub hub = FakeTokenHub.start();

  @TempDir Path directory;

  @BeforeEach
  void putFiles() throws IOException {
    Files.write(
        directory.resolve("my clip.mp4"),
        PlayableClip.render(new ClipSpec(1280, 720, 121, false, List.of("mine"))));
    BufferedImage picture = new BufferedImage(640, 360, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(picture, "png", directory.resolve("cat.png").toFile());
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private CommandRun.Result run(String... words) {
    return CommandRun.in(directory).against(hub).run(words);
  }

  /** The one request that was sent. */
  private String sent() {
    try (JdbcJobJournal journal = JdbcJobJournal.sqlite(directory.resolve("jobs.db"))) {
      List<Job> jobs = journal.list(JobQuery.all());
      assertThat(jobs).hasSize(1);
      return jobs.get(0).draft().canonical();
    }
  }

  /** What puts a file on the web, if anything did. */
  private String program(String... lines) throws IOException {
    assumeThat(File.separatorChar).as("a script of sh, as on POSIX").isEqualTo('/');
    Path script = directory.resolve("up load.sh");
    Files.write(script, List.of("#!/bin/sh", String.join("\n", lines)));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return "'" + script + "'";
  }

  @Test
  void pricesAClipByItsOwnLength() {
    CommandRun.Result run = run("quote", "a dog", "--video", "my clip.mp4", "--quiet");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("2.0084 USD\n");
  }

  @Test
  void sendsWhatAProgramStagedAndItsLength() throws IOException {
    String stage =
        program(
            "echo \"uploading\"",
            "basename \"$1\" >> staged.txt",
            "echo \"https://media.example/$(basename \"$1\" | tr ' ' _)?for=$2\"");

    CommandRun.Result run =
        run(
            "generate",
            "a dog",
            "--reference-image",
            "cat.png",
            "--video",
            "my clip.mp4",
            "--max-cost",
            "3.00",
            "--journal",
            "jobs.db",
            "--stage",
            stage + " {} 'a  b'".replace("a  b", "me"));

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("Staging cat.png …\n", "Staging my clip.mp4 …\n");
    assertThat(Files.readAllLines(directory.resolve("staged.txt")))
        .containsExactly("cat.png", "my clip.mp4");
    assertThat(sent())
        .contains("https://media.example/cat.png?for=me")
        .contains("https://media.example/my_clip.mp4?for=me")
        .contains("\"video_durations\":[5.042]");
    LedgerAssertions.assertThat(hub.ledger()).chargedTimes(1);
  }

  @Test
  void sendsNothingWhenStagingFails() throws IOException {
    String fails = program("echo 'no such bucket' >&2", "exit 3");
    String mute = "true";

    CommandRun.Result failed =
        run("generate", "a dog", "--first-frame", "cat.png", "--yes", "--stage", fails);
    CommandRun.Result silent =
        run("generate", "a dog", "--first-frame", "cat.png", "--yes", "--stage", mute);
    CommandRun.Result missing =
        run("generate", "a dog", "--first-frame", "cat.png", "--yes", "--stage", "no-such-program");

    assertThat(failed.exit()).isEqualTo(2);
    assertThat(failed.err())
        .contains("cat.png could not be staged: ")
        .contains("ended with 3; it said: no such bucket");
    assertThat(silent.err()).contains("cat.png could not be staged: true printed no address last");
    assertThat(missing.exit()).isEqualTo(2);
    assertThat(missing.err()).contains("no-such-program");
    LedgerAssertions.assertThat(hub.ledger()).chargedTimes(0);
  }

  @Test
  void sendsNothingWhereTheStagedAddressWillNotDo() throws IOException {
    String odd = program("echo https://user:pw@media.example/cat.png");

    CommandRun.Result one =
        run("generate", "a dog", "--first-frame", "cat.png", "--yes", "--stage", odd);
    CommandRun.Result takes =
        run(
            "generate",
            "a dog",
            "--first-frame",
            "cat.png",
            "--yes",
            "--takes",
            "3",
            "--stage",
            odd);

    assertThat(one.exit()).as(one.err()).isEqualTo(3);
    assertThat(takes.exit()).as(takes.err()).isEqualTo(4);
    assertThat(List.of(one.err(), takes.err()))
        .allSatisfy(
            said -> assertThat(said).contains("[url-invalid]").doesNotContain("not-staged"));
    LedgerAssertions.assertThat(hub.ledger()).chargedTimes(0);
  }

  @Test
  void putsAPictureIntoTheRequestAndSaysThatNobodyConfirmedIt() {
    CommandRun.Result run =
        run(
            "generate",
            "a dog",
            "--first-frame",
            "cat.png",
            "--max-cost",
            "3.00",
            "--journal",
            "jobs.db",
            "--inline");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("[url-scheme-unconfirmed]");
    assertThat(sent()).contains("data:image/png;base64,iVBOR");
  }

  @Test
  void namesBothWaysBeforeAnythingIsAskedFor() {
    CommandRun.Result run = run("generate", "a dog", "--first-frame", "cat.png", "--yes");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("the provider takes addresses, not files (cat.png): add --stage 'CMD {}'")
        .contains("or --inline for pictures and sound");
    assertThat(run("generate", "a dog", "--video", "my clip.mp4", "--yes", "--inline").err())
        .contains("a video can't go into the request itself");
    LedgerAssertions.assertThat(hub.ledger()).chargedTimes(0);
  }

  @Test
  void saysThatAFileIsNotThereWhoeverNamesIt() throws IOException {
    String missing =
        "There is no file cat.pgn, and it is no web address. Correct the name, or give an address"
            + " that begins with https://.\n";
    Files.writeString(
        directory.resolve("shots.jsonl"),
        "{\"model\":\"fast\",\"prompt\":\"a dog\",\"image_url\":\"cat.pgn\"}");

    assertThat(run("quote", "a dog", "--first-frame", "cat.pgn").err())
        .isEqualTo(
            "error: the request breaks a rule:\n  [url-invalid] --first-frame cat.pgn: " + missing);
    assertThat(run("generate", "a dog", "--image", "cat.pgn", "--yes").err())
        .contains("[url-invalid] --image cat.pgn: " + missing);
    assertThat(run("batch", "shots.jsonl", "--out-dir", "out", "--budget", "9").err())
        .contains("line 1: [url-invalid] image_url: " + missing);
    assertThat(run("quote", "a dog", "--image", "ftp://a.example/a.png").err())
        .contains("must be an absolute http or https URL");
    assertThat(run("generate", "a dog", "--sandbox", "--journal", "jobs.db").exit()).isZero();
    assertThat(run("again", "job", "--image", "cat.pgn", "--journal", "jobs.db", "--yes").err())
        .contains("[url-invalid] --image cat.pgn: " + missing);
  }

  @Test
  void needsNoWayInTheSandbox() {
    CommandRun.Result run =
        CommandRun.in(directory).run("generate", "a dog", "--first-frame", "cat.png", "--sandbox");

    assertThat(run.exit()).as(run.err()).isZero();
  }

  @Test
  void makesSeveralTakesOfAFileInTheSandbox() {
    CommandRun.Result run =
        CommandRun.in(directory)
            .run("generate", "a dog", "--first-frame", "cat.png", "--takes", "2", "--sandbox");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().lines()).hasSize(2);
  }

  @Test
  void advisesAgainstWhatUpstreamDoesNotTake() throws IOException {
    BufferedImage narrow = new BufferedImage(200, 1_000, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(narrow, "png", directory.resolve("narrow.png").toFile());

    CommandRun.Result run = run("quote", "a dog", "--first-frame", "narrow.png");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("[media-sides] --first-frame narrow.png: ")
        .contains("Given: 200x1000. Allowed: 300–6000.")
        .contains("[media-shape]");
  }

  @Test
  void findsFilesBesideTheRequestThatNamesThem() throws IOException {
    Path shots = Files.createDirectory(directory.resolve("shots"));
    Files.move(directory.resolve("my clip.mp4"), shots.resolve("clip.mp4"));
    Files.writeString(
        shots.resolve("request.json"),
        "{\"model\":\"doubao-seedance-2.0\",\"prompt\":\"a dog\",\"video_url\":\"clip.mp4\"}");

    CommandRun.Result run = run("quote", "--request", "shots/request.json", "--quiet");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("2.0084 USD\n");
  }

  @Test
  void makesABatchOfFilesOnceWhereverTheFolderIs() throws IOException {
    String stage = program("echo \"https://media.example/$$/$(basename \"$1\")\"");
    Path shots = Files.createDirectory(directory.resolve("shots"));
    Files.move(directory.resolve("cat.png"), shots.resolve("cat.png"));
    Files.writeString(
        shots.resolve("shots.jsonl"),
        """
        {"model":"fast","prompt":"a dog","image_url":"cat.png"}
        {"model":"fast","prompt":"a cat","image_url":"cat.png","id":"cat"}
        """);
    CommandRun.Result unstaged =
        run("batch", "shots/shots.jsonl", "--out-dir", "out", "--budget", "9.00");
    CommandRun.Result first =
        run("batch", "shots/shots.jsonl", "--out-dir", "out", "--budget", "9", "--stage", stage);
    Files.move(shots, directory.resolve("moved"));
    CommandRun.Result again =
        run("batch", "moved/shots.jsonl", "--out-dir", "out", "--budget", "9", "--stage", stage);

    assertThat(unstaged.exit()).isEqualTo(2);
    assertThat(unstaged.err()).contains("not files (cat.png)");
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.err()).contains("2 of 2 stored");
    LedgerAssertions.assertThat(hub.ledger()).chargedTimes(2);
  }

  @Test
  void goesOnWithABatchOfWhichAMadeLinesFileIsGone() throws IOException {
    String stage = program("echo \"https://media.example/$(basename \"$1\" | tr ' ' _)\"");
    String made =
        """
        {"model":"fast","prompt":"a dog","image_url":"cat.png","id":"one"}
        {"model":"fast","prompt":"a cat","video_url":"my clip.mp4","id":"two"}
        """;
    String[] batch = {
      "batch", "shots.jsonl", "--out-dir", "out", "--budget", "9", "--stage", stage
    };
    Files.writeString(directory.resolve("shots.jsonl"), made);
    CommandRun.Result first = run(batch);
    Files.delete(directory.resolve("cat.png"));
    Files.delete(directory.resolve("my clip.mp4"));
    Files.writeString(
        directory.resolve("shots.jsonl"), made + "{\"model\":\"fast\",\"prompt\":\"a fox\"}\n");
    CommandRun.Result more = run(batch);
    batch[6] = "--takes=2";
    batch[7] = "--dry-run";
    CommandRun.Result takes = run(batch);
    Files.writeString(directory.resolve("shots.jsonl"), made.replace("a dog", "a wolf"));
    batch[6] = "--quiet";
    CommandRun.Result other = run(batch);

    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(more.exit()).as(more.err()).isZero();
    assertThat(more.err()).contains("3 clips; 2 of them begun or done before", "3 of 3 stored");
    LedgerAssertions.assertThat(hub.ledger()).chargedTimes(3);
    assertThat(takes.exit()).as("what is to be made needs its files").isEqualTo(3);
    assertThat(takes.err()).contains("line 1: [url-invalid]", "line 2: [url-invalid]");
    assertThat(other.exit()).isEqualTo(3);
    assertThat(other.err()).contains("line 1: [id-used] id: 'one' was used for another request");
  }

  @Test
  void leavesOutTheLineOfABatchWhoseFileCannotBeStaged() throws IOException {
    String stage =
        program(
            "case \"$1\" in *cat.png) echo 'no such bucket' >&2; exit 3 ;; esac",
            "echo https://media.example/clip");
    Files.writeString(
        directory.resolve("shots.jsonl"),
        """
        {"model":"fast","prompt":"a dog","image_url":"cat.png","id":"one"}
        {"model":"fast","prompt":"a cat","video_url":"my clip.mp4","id":"two"}
        """);
    CommandRun.Result run =
        run("batch", "shots.jsonl", "--out-dir", "out", "--budget", "9", "--stage", stage);

    assertThat(run.exit()).as(run.err()).isEqualTo(6);
    assertThat(run.err()).contains("cat.png could not be staged", "1 of 2 stored");
    LedgerAssertions.assertThat(hub.ledger()).chargedTimes(1);
  }

  @Test
  void sendsNothingOfAFileThatChangesWhileTheUserThinks() throws IOException {
    String stage = program("echo staged >> staged.txt", "echo https://media.example/clip");
    Path clip = directory.resolve("my clip.mp4");
    byte[] longer = PlayableClip.render(new ClipSpec(1280, 720, 241, false, List.of("longer")));
    InputStream answer =
        new InputStream() {
          private final InputStream yes = new ByteArrayInputStream("y\n".getBytes(UTF_8));

          @Override
          public int read() throws IOException {
            Files.write(clip, longer);
            return yes.read();
          }
        };

    CommandRun.Result run =
        CommandRun.in(directory)
            .against(hub)
            .answering("")
            .input(answer)
            .run("generate", "a dog", "--video", "my clip.mp4", "--stage", stage);

    assertThat(run.err())
        .contains("Spend ")
        .contains("my clip.mp4 changed since its price was told; nothing was sent");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(directory.resolve("staged.txt")).doesNotExist();
    LedgerAssertions.assertThat(hub.ledger()).chargedTimes(0);
  }

  @Test
  void leavesALineOfABatchToTheNextRunIfItsFileChanges() throws IOException {
    Files.copy(directory.resolve("cat.png"), directory.resolve("dog.png"));
    String stage =
        program(
            "case \"$1\" in *cat.png) [ -f done ] || echo more >> dog.png; touch done ;; esac",
            "echo \"https://media.example/$(basename \"$1\")\"");
    Files.writeString(
        directory.resolve("shots.jsonl"),
        """
        {"model":"fast","prompt":"a cat","image_url":"cat.png"}
        {"model":"fast","prompt":"a dog","image_url":"dog.png"}
        {"model":"fast","prompt":"a bird"}
        """);
    String[] batch = {
      "batch", "shots.jsonl", "--out-dir", "out", "--budget", "9", "-c", "1", "--stage", stage
    };
    CommandRun.Result first = run(batch);
    LedgerAssertions.assertThat(hub.ledger()).chargedTimes(2);
    CommandRun.Result second = run(batch);

    assertThat(first.exit()).as(first.err()).isEqualTo(6);
    assertThat(first.err())
        .contains("dog.png changed since its price was told; nothing was sent", "2 of 3 stored");
    assertThat(second.exit()).as(second.err()).isZero();
    assertThat(second.err()).contains("3 of 3 stored");
    LedgerAssertions.assertThat(hub.ledger()).chargedTimes(3);
    assertThat(run(batch).exit()).isZero();
    LedgerAssertions.assertThat(hub.ledger()).chargedTimes(3);
  }

  @Test
  void doubtsAnIdWhoseFileChangedAfterItWasSent() throws IOException {
    String stage = program("echo https://media.example/clip");
    Files.writeString(
        directory.resolve("shots.jsonl"),
        """
        {"model":"fast","prompt":"a cat","image_url":"cat.png","id":"cat"}
        """);
    String[] batch = {"batch", "shots.jsonl", "--out-dir", "out", "--budget", "9"};
    CommandRun.Result staged = run(with(batch, "--stage", stage));
    CommandRun.Result same = run(with(batch, "--stage", stage));
    Files.setLastModifiedTime(
        directory.resolve("cat.png"), FileTime.from(Instant.now().plusSeconds(60)));
    CommandRun.Result newer = run(with(batch, "--stage", stage));

    assertThat(staged.exit()).as(staged.err()).isZero();
    assertThat(same.err()).doesNotContain("changed");
    assertThat(newer.exit()).as(newer.err()).isZero();
    assertThat(newer.err())
        .contains("note: cat.png ('cat') changed after the request of that id was sent");
    LedgerAssertions.assertThat(hub.ledger()).chargedTimes(1);
  }

  @Test
  void refusesAnIdWhosePictureInsideTheRequestWasReplaced() throws IOException {
    Files.writeString(
        directory.resolve("shots.jsonl"),
        """
        {"model":"fast","prompt":"a cat","image_url":"cat.png","id":"cat"}
        """);
    String[] batch = {"batch", "shots.jsonl", "--out-dir", "out", "--budget", "9", "--inline"};
    CommandRun.Result first = run(batch);
    CommandRun.Result same = run(batch);
    BufferedImage other = new BufferedImage(640, 400, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(other, "png", directory.resolve("cat.png").toFile());
    CommandRun.Result replaced = run(batch);

    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(same.exit()).as(same.err()).isZero();
    assertThat(replaced.exit()).isEqualTo(3);
    assertThat(replaced.err()).contains("[id-used] id: 'cat' was used for another request before");
    LedgerAssertions.assertThat(hub.ledger()).chargedTimes(1);
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void takesNoShorterLengthThanAFileHas() {
    CommandRun.Result run =
        run("quote", "a dog", "--video", "my clip.mp4", "--video-seconds", "2", "--quiet");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("my clip.mp4 is 5.042 s long, and declared to be 2 s");
    assertThat(run("quote", "a dog", "--video", "my clip.mp4", "--video-seconds", "5", "-q").out())
        .as("5 is what people write")
        .isEqualTo("2.0084 USD\n");
  }

  @Test
  void saysOnceWhatCutsAClipThatIsTooLong() throws IOException {
    Files.write(
        directory.resolve("long.mp4"),
        PlayableClip.render(new ClipSpec(1280, 720, 480, false, List.of("long"))));
    CommandRun.Result run = run("quote", "a dog", "--video", "long.mp4");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err())
        .contains("long.mp4, 20 s", "(ffmpeg -i long.mp4 -t 15 short.mp4)")
        .doesNotContain("note:");
    assertThat(run.err().lines().filter(line -> line.contains("]"))).hasSize(1);
  }

  @Test
  void saysHowToDeclareALengthThatAFileDoesNotTell() throws IOException {
    byte[] clip = Files.readAllBytes(directory.resolve("my clip.mp4"));
    String text = new String(clip, ISO_8859_1);
    // what follows the film's header says that fragments go on, and takes the place of free space
    byte[] fragmented = fragmented(text).getBytes(ISO_8859_1);
    Files.write(directory.resolve("frag.mp4"), fragmented);

    CommandRun.Result unknown = run("quote", "a dog", "--video", "frag.mp4");
    CommandRun.Result declared =
        run("quote", "a dog", "--video", "frag.mp4", "--video-seconds", "12", "--quiet");

    assertThat(unknown.exit()).as(unknown.err()).isZero();
    assertThat(unknown.err()).contains("frag.mp4 tells none", "--video-seconds");
    assertThat(declared.exit()).as(declared.err()).isZero();
    assertThat(declared.out()).doesNotContain("–");
  }

  /** With an empty mvex at the end of its moov. */
  private static String fragmented(String film) {
    int moov = film.indexOf("moov") - 4;
    int size =
        film.charAt(moov) << 24
            | film.charAt(moov + 1) << 16
            | film.charAt(moov + 2) << 8
            | film.charAt(moov + 3);
    int longer = size + 8;
    String grown =
        ""
            + (char) (longer >>> 24)
            + (char) (longer >> 16 & 0xFF)
            + (char) (longer >> 8 & 0xFF)
            + (char) (longer & 0xFF);
    return film.substring(0, moov)
        + grown
        + film.substring(moov + 4, moov + size)
        + "\0\0\0\bmvex"
        + film.substring(moov + size);
  }
}
