package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.adapter.cli.settings.Setting;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.settings.UnusableSetting;
import io.github.seedance4j.adapter.cli.text.DiskTrouble;
import io.github.seedance4j.adapter.cli.text.Shell;
import io.github.seedance4j.job.Job;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a clip goes; made sure of before anything is paid for. */
public final class ClipFile {

  /** The longest 720p clip has been seen at some tens of megabytes; room for it twice over. */
  private static final long ROOM = 200L * 1024 * 1024;

  private ClipFile() {}

  /**
   * The file that the clip shall be written to.
   *
   * @param wanted the user's {@code -o}: a file, or a directory to put it into; null for neither
   * @param name what to call it where the user gave no name, without extension
   * @throws IllegalArgumentException if it is there already or can't be written; the message says
   *     what to do
   */
  public static Path choose(Surroundings around, @Nullable String wanted, String name) {
    if (wanted == null) {
      return ready(free(home(around), name));
    }
    Path path = path(around, wanted);
    if (Files.isDirectory(path) || wanted.endsWith("/")) {
      return ready(free(path, name));
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IllegalArgumentException("-o: " + wanted + " is no regular file");
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalArgumentException(
          "-o: "
              + wanted
              + " is there already and is never overwritten; try -o "
              + Shell.quote(shown(around, free(parent(path), stem(path)))));
    }
    return ready(path);
  }

  /**
   * Where clips go that nobody gave a place: the setting's directory, made if need be, else the
   * working directory.
   */
  public static Path home(Surroundings around) {
    Path directory = around.path(Setting.OUTPUT).orElse(around.directory());
    try {
      return Files.isDirectory(directory) ? directory : Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UnusableSetting("output: can't make " + directory + ": " + DiskTrouble.reason(e));
    }
  }

  /**
   * The files that so many clips shall be written to: {@code name-1.mp4} and so on, from the first
   * number on where all of them are free; of a single clip as above.
   *
   * @throws IllegalArgumentException as above
   */
  public static List<Path> choose(
      Surroundings around, @Nullable String wanted, String name, int count) {
    if (count == 1) {
      return List.of(choose(around, wanted, name));
    }
    Path like = home(around).resolve(name + ".mp4");
    if (wanted != null) {
      Path path = path(around, wanted);
      boolean inside = Files.isDirectory(path) || wanted.endsWith("/");
      like = inside ? path.resolve(name + ".mp4") : path;
    }
    ready(like);
    for (int first = 1; ; first++) {
      List<Path> paths = new ArrayList<>();
      for (int number = first; number < first + count; number++) {
        paths.add(like.resolveSibling(stem(like) + "-" + number + ".mp4"));
      }
      if (paths.stream().allMatch(ClipFile::isFree)) {
        return List.copyOf(paths);
      }
    }
  }

  private static Path path(Surroundings around, String wanted) {
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("-o: the name is empty");
    }
    try {
      return around.directory().resolve(wanted).normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "-o: no file can be called '" + wanted + "' here (" + e.getReason() + ")", e);
    }
  }

  /** The path as the user would write it: relative where that is shorter. */
  public static String shown(Surroundings around, Path path) {
    return shown(around.directory(), path);
  }

  /** The same as seen from that directory. */
  static String shown(Path here, Path path) {
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }

  private static Path ready(Path path) {
    Path directory = parent(path);
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "-o: there is no directory "
              + directory
              + "; mkdir -p "
              + Shell.quote(directory.toString()));
    }
    requireWritable("-o", directory);
    requireRoom("-o", directory);
    return path;
  }

  /**
   * Tries to write there: permission bits say nothing of a read-only disk, or of root.
   *
   * @throws IllegalArgumentException naming the flag, if that fails
   */
  public static void requireWritable(String flag, Path directory) {
    try {
      Files.delete(Files.createTempFile(directory, ".seedance-", ".tmp"));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          flag
              + ": can't write in "
              + directory
              + " ("
              + DiskTrouble.reason(e)
              + "); choose another directory",
          e);
    }
  }

  /**
   * Makes sure of room for a clip.
   *
   * @throws IllegalArgumentException naming the flag, if there is none
   */
  public static void requireRoom(String flag, Path directory) {
    long left;
    try {
      FileStore store = Files.getFileStore(directory);
      left = store.getUsableSpace();
    } catch (IOException e) {
      return; // a file system that doesn't tell is no reason to refuse
    }
    if (left < ROOM) {
      throw new IllegalArgumentException(
          flag
              + ": only "
              + (left >> 20)
              + " MB left on the disk of "
              + directory
              + ", and a clip may take "
              + (ROOM >> 20)
              + " MB; make room, or choose another directory");
    }
  }

  /**
   * Whether a clip that was moved away can come to where it was; makes the directory if need be.
   */
  public static boolean canPutBack(Path path) {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      Files.createDirectories(parent(path));
      requireWritable("-o", parent(path));
      requireRoom("-o", parent(path));
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private static Path free(Path directory, String name) {
    for (int number = 1; ; number++) {
      Path path = directory.resolve(name + (number == 1 ? "" : "-" + number) + ".mp4");
      if (isFree(path)) {
        return path;
      }
    }
  }

  /** A .part belongs to a clip that may still be resumed, a sidecar to one that was moved. */
  private static boolean isFree(Path path) {
    return Files.notExists(path)
        && Files.notExists(path.resolveSibling(path.getFileName() + ".part"))
        && Files.notExists(Sidecar.of(path));
  }

  private static Path parent(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    return parent == null ? path.toAbsolutePath() : parent;
  }

  private static String stem(Path path) {
    return String.valueOf(path.getFileName()).replaceFirst("(?i)\\.mp4$", "");
  }

  /** Whether a clip lies where it was put. */
  public static boolean isThere(Job job) {
    return job.clip().map(clip -> Files.isRegularFile(clip.path())).orElse(false);
  }
}
