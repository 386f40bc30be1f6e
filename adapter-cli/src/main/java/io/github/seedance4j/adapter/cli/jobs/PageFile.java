package io.github.seedance4j.adapter.cli.jobs;

import io.github.seedance4j.adapter.cli.command.ClipFile;
import io.github.seedance4j.adapter.cli.gallery.GalleryPage;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the page of clips goes, and what it may take the place of: a page of ours. */
final class PageFile {

  private static final String USUAL = "report.html";
  private static final int BEGINNING = 200;

  private final Surroundings around;

  PageFile(Surroundings around) {
    this.around = around;
  }

  /**
   * The file to write.
   *
   * @param wanted a file, or a directory to put it into; null for beside the clips
   * @param clips newest first
   * @throws IllegalArgumentException if it can't be written; the message says why
   */
  Path choose(@Nullable String wanted, List<Path> clips) {
    if (wanted == null) {
      return beside(clips).resolve(USUAL);
    }
    try {
      Path path = around.directory().resolve(wanted).normalize();
      Path file = Files.isDirectory(path) || wanted.endsWith("/") ? path.resolve(USUAL) : path;
      Path directory = file.getParent();
      if (wanted.isEmpty() || directory == null || !Files.isDirectory(directory)) {
        throw new IllegalArgumentException("--out: there is no directory for '" + wanted + "'");
      }
      return file;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "--out: no file can be called '" + wanted + "' here (" + e.getReason() + ")", e);
    }
  }

  /** Refuses to take the place of what is no page of ours. */
  void requireOurs(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !isOurs(file)) {
      throw new IllegalArgumentException(
          "--out: "
              + ClipFile.shown(around, file)
              + " is there already, and is no report; choose another name, or overwrite it with"
              + " --force");
    }
  }

  private static boolean isOurs(Path file) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      String beginning = new String(in.readNBytes(BEGINNING), StandardCharsets.UTF_8);
      return beginning.contains(GalleryPage.MARKER);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The directory that all clips have in common if that is the working directory or below it, so
   * that the page can be moved with them; else the one that has most of them.
   */
  private Path beside(List<Path> clips) {
    Map<Path, Integer> counts = new LinkedHashMap<>();
    Path common = null;
    for (Path clip : clips) {
      Path directory = clip.getParent();
      if (directory != null) {
        counts.merge(directory, 1, Integer::sum);
        common = common == null ? directory : common(common, directory);
      }
    }
    if (common == null || common.startsWith(around.directory())) {
      return common == null ? around.directory() : common;
    }
    int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() == most)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(around.directory());
  }

  private Path common(Path one, Path other) {
    Path common = one;
    while (!other.startsWith(common)) {
      Path parent = common.getParent();
      if (parent == null) {
        return common; // disks of their own
      }
      common = parent;
    }
    return common;
  }
}
