package io.github.seedance4j.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Owners that come and go while others look. A lock of this process that isn't on the list of the
 * files it holds stands for that of another copy of the class.
 */
class OwnerFilesTest {

  private static final int ROUNDS = 20_000;

  @TempDir private Path directory;

  @Test
  void takesAnOwnerForDeadWhoseFileGoesWhileItLooks() throws Exception {
    try (OwnerFiles owners = new OwnerFiles(directory)) {
      Path file = fileOf(owners, "them");
      AtomicBoolean done = new AtomicBoolean();
      CompletableFuture<Void> others =
          CompletableFuture.runAsync(
              () -> {
                while (!done.get()) {
                  makeAndDelete(file);
                }
              });
      try {
        for (int round = 0; round < ROUNDS; round++) {
          assertThat(owners.isDead("them")).isTrue();
        }
      } finally {
        done.set(true);
      }
      others.join();
    }
  }

  @Test
  void holdsNoFileThatIsDeletedWhileItComesForIt() throws Exception {
    Object transaction = new Object();
    try (OwnerFiles owners = new OwnerFiles(directory)) {
      Path file = fileOf(owners, "us");
      AtomicBoolean done = new AtomicBoolean();
      CompletableFuture<Void> before =
          CompletableFuture.runAsync(
              () -> {
                while (!done.get()) {
                  holdAndLetGo(file, transaction);
                }
              });
      try {
        for (int round = 0; round < ROUNDS; round++) {
          synchronized (transaction) {
            if (holds(owners)) {
              assertThat(file).as("what proves that we live, round %s", round).exists();
              owners.letGo("us");
            }
          }
        }
      } finally {
        done.set(true);
      }
      before.join();
    }
  }

  @Test
  void seesThatAnotherFileHasTheNameOfTheOneItTriedBefore() throws IOException {
    try (OwnerFiles owners = new OwnerFiles(directory)) {
      Path file = fileOf(owners, "them");
      try (FileChannel first = locked(file)) {
        assertThat(owners.isDead("them")).isFalse();
        Files.delete(file);
      }
      try (FileChannel second = locked(file)) {
        assertThat(owners.isDead("them")).as("it is back").isFalse();
        assertThat(file).exists();
        assertThat(second.isOpen()).isTrue();
      }
      assertThat(owners.isDead("them")).isTrue();
      assertThat(file).doesNotExist();
    }
  }

  private Path fileOf(OwnerFiles owners, String owner) throws IOException {
    owners.hold(owner);
    try (Stream<Path> files = Files.list(directory.toRealPath())) {
      return files.findFirst().orElseThrow();
    } finally {
      owners.letGo(owner);
    }
  }

  private static FileChannel locked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    assertThat(channel.tryLock()).isNotNull();
    return channel;
  }

  private static void makeAndDelete(Path file) {
    try {
      Files.write(file, new byte[0]);
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As an owner does it that closes its journal: only what makes files is in a transaction. */
  private static void holdAndLetGo(Path file, Object transaction) {
    try {
      FileChannel channel;
      FileLock lock = null;
      synchronized (transaction) {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
          lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
          // it is somebody else's
        }
      }
      if (lock != null) {
        Files.delete(file);
      }
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean holds(OwnerFiles owners) {
    try {
      owners.hold("us");
      return true;
    } catch (IOException e) {
      return false; // somebody else has the name
    }
  }
}
