package io.github.seedance4j.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.error.RetryLaterException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** File systems that lack something, and other processes between two of our steps. */
class OddDiskTest extends DownloadFixture {

  /** A file system without hard links; remembers what had the name when it was to be given. */
  private static final class Linkless implements Disk {
    private final List<Boolean> taken = new ArrayList<>();

    @Override
    public void link(Path name, Path file) {
      throw new UnsupportedOperationException("no links here");
    }

    @Override
    public void move(Path file, Path name) throws IOException {
      taken.add(Files.exists(name));
      Disk.super.move(file, name);
    }
  }

  @Test
  void givesTheNameInOneStepWhereThereAreNoHardLinks() throws Exception {
    Linkless disk = new Linkless();
    Files.writeString(directory.resolve("dog.mp4"), "mine");
    assertThat(fetch(disk)).isEqualTo(directory.resolve("dog-1.mp4")).hasBinaryContent(CLIP);
    assertThat(fetch(disk)).isEqualTo(directory.resolve("dog-1.mp4"));
    assertThat(disk.taken).containsExactly(false); // nothing empty was put there first
    assertThat(directory.resolve("dog.mp4")).hasContent("mine");
    assertThat(files()).containsExactly("dog-1.mp4", "dog.mp4");
  }

  @Test
  void doesWithoutSyncedDirectoriesWhereThereAreNone() throws Exception {
    Disk disk =
        new Disk() {
          @Override
          public void syncDirectory(Path directory) throws IOException {
            throw new IOException("Invalid argument");
          }
        };
    assertThat(fetch(disk)).isEqualTo(target()).hasBinaryContent(CLIP);
  }

  @Test
  void givesWayWhereWhatItOpenedIsPublishedBeforeItHasTheLock() throws Exception {
    Path part = directory.resolve("dog.mp4.part");
    Files.write(part, CLIP);
    Disk disk =
        new Disk() {
          @Override
          public FileChannel open(Path file, OpenOption... options) throws IOException {
            FileChannel channel = Disk.super.open(file, options);
            Files.createLink(target(), part); // another process publishes it
            Files.delete(part);
            Files.writeString(part, "a third one's"); // and yet another begins
            return channel;
          }
        };
    assertThatThrownBy(() -> fetch(disk)).isInstanceOf(RetryLaterException.class);
    assertThat(target()).hasBinaryContent(CLIP);
    assertThat(part).hasContent("a third one's");
  }

  private Path fetch(Disk disk) throws IOException {
    try (WireServer server =
            new WireServer(
                (request, peer) -> sendFrom(peer, CLIP, from(request), ETAG, CLIP.length));
        ClipDownloads downloads = ClipDownloads.open(SANDBOX, disk)) {
      return downloads.fetch(link(server), target(), progress -> {}).path();
    }
  }
}
