package io.github.seedance4j.adapter.http;

import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.job.Clip;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own that downloads one clip when it is told to, and stops for good at the step that
 * it was told, so that it can be killed there. It ends when whoever started it does.
 */
final class DownloadProcess implements Closeable {

  /** A step of a download that can be the last one. */
  enum Step {
    OPEN,
    TRUNCATE,
    WRITE,
    FORCE,
    REPLACE,
    LINK,
    SYNC_DIRECTORY,
    DELETE,
    /** It goes on to its end. */
    NONE
  }

  private final Process process;
  private final BufferedReader out;

  private DownloadProcess(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** It warms up, and waits. */
  static DownloadProcess start() throws IOException {
    return new DownloadProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx64m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                DownloadProcess.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Has it fetch, up to that step for the how-manieth time. */
  void fetch(String link, Path target, Step step, int count) throws IOException {
    String line = link + " " + target + " " + step + " " + count + "\n";
    process.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** What it says next: {@code step}, {@code done PATH SHA-256} or {@code failed TYPE: WHY}. */
  String says() throws IOException {
    return Objects.requireNonNullElse(out.readLine(), "nothing, it has ended");
  }

  /** Whether it says something within that time. */
  boolean saysWithin(Duration time) throws IOException, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (!out.ready() && System.nanoTime() < end) {
      process.waitFor(1, TimeUnit.MILLISECONDS);
    }
    return out.ready();
  }

  /** As a kill -9, or the system short of memory, does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The process itself. */
  public static void main(String[] none) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    StoppingDisk disk = new StoppingDisk();
    HttpOptions options = HttpOptions.builder().allowLoopback(true).build();
    try (ClipDownloads downloads = ClipDownloads.open(options, disk)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        List<String> order = List.of(line.split(" "));
        disk.last = Step.valueOf(order.get(2));
        disk.left = Integer.parseInt(order.get(3));
        try {
          Clip clip = downloads.fetch(order.get(0), Path.of(order.get(1)), progress -> {});
          System.out.println("done " + clip.path() + " " + clip.sha256());
        } catch (IOException | SeedanceException e) {
          System.out.println("failed " + e.getClass().getSimpleName() + ": " + e.getMessage());
        }
      }
    }
  }

  /** Says so when it comes to the step, and then does nothing more, until whoever asked is gone. */
  private static final class StoppingDisk implements Disk {

    private volatile Step last = Step.NONE;
    private volatile int left;

    private void at(Step step) throws IOException {
      if (step == last && --left <= 0) {
        System.out.println("step");
        if (System.in.read() < 0) {
          Runtime.getRuntime().halt(1);
        }
      }
    }

    @Override
    public FileChannel open(Path file, OpenOption... how) throws IOException {
      at(Step.OPEN);
      return Disk.super.open(file, how);
    }

    @Override
    public int write(FileChannel channel, ByteBuffer bytes, long to) throws IOException {
      at(Step.WRITE);
      return Disk.super.write(channel, bytes, to);
    }

    @Override
    public void truncate(FileChannel channel, long size) throws IOException {
      at(Step.TRUNCATE);
      Disk.super.truncate(channel, size);
    }

    @Override
    public void force(FileChannel channel, boolean metadata) throws IOException {
      at(Step.FORCE);
      Disk.super.force(channel, metadata);
    }

    @Override
    public void replace(Path file, String text) throws IOException {
      at(Step.REPLACE);
      Disk.super.replace(file, text);
    }

    @Override
    public void link(Path name, Path file) throws IOException {
      at(Step.LINK);
      Disk.super.link(name, file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
      at(Step.SYNC_DIRECTORY);
      Disk.super.syncDirectory(directory);
    }

    @Override
    public void delete(Path file) throws IOException {
      at(Step.DELETE);
      Disk.super.delete(file);
    }
  }
}
