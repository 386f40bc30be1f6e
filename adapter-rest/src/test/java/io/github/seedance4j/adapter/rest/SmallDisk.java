package io.github.seedance4j.adapter.rest;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** A file system of its own, small enough to be filled. */
record SmallDisk(Path root) implements AutoCloseable {

  static final long MIB = 1 << 20;

  /** Skips the test where that is not allowed. */
  static SmallDisk mount(Path root, long mebibytes) throws IOException {
    Files.createDirectories(root);
    if (!runs("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", root.toString())) {
      abort("only root may mount a small file system here: run it as root on Linux");
    }
    return new SmallDisk(root);
  }

  /** Leaves that many bytes: by what it takes, since what it says is free is a guess. */
  void fillUpTo(long left) throws IOException {
    try (FileChannel ballast =
        FileChannel.open(
            root.resolve("ballast"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ballast.position(ballast.size());
      for (int step = (int) MIB; step >= 4096; step /= 256) {
        try {
          while (true) {
            ballast.write(ByteBuffer.allocate(step));
          }
        } catch (IOException full) {
          // then in smaller steps
        }
      }
      ballast.truncate(Math.max(0, ballast.size() - left));
    }
  }

  /** Gives its blocks back at once: a process that another test begins may have it open still. */
  void empty() throws IOException {
    Path ballast = root.resolve("ballast");
    FileChannel.open(ballast, StandardOpenOption.WRITE).truncate(0).close();
    Files.delete(ballast);
  }

  @Override
  public void close() throws IOException {
    if (!runs("umount", "--lazy", root.toString())) {
      throw new IOException(root + " can't be unmounted");
    }
  }

  private static boolean runs(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such command
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
