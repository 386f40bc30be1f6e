package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.JobState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file beside a clip, {@code clip.mp4.json}, that tells what it was made of and what it cost;
 * {@code --request} takes it to make the same again. Holds no key, and of addresses only those that
 * the request itself has: not the provider's signed link. Written after its clip, whole or not at
 * all, and never over a file that is not one of ours.
 */
final class Sidecar {

  /** The member by which ours are known; the number is for a later form. */
  private static final String MARK = "seedance_clip";

  private static final long FORM = 1;

  private static final String REQUEST = "request";

  private Sidecar() {}

  /** Where the one of that clip is. */
  static Path of(Path clip) {
    return clip.resolveSibling(clip.getFileName() + ".json");
  }

  /** The request that a file's tree holds if it is a sidecar's; null if it is none. */
  static @Nullable Map<?, ?> request(Map<?, ?> tree) {
    return tree.get(REQUEST) instanceof Map<?, ?> request ? request : null;
  }

  /** Writes that of a clip that came just now; of anything else that happens, nothing. */
  static void keep(JobEvent event, Talk talk) {
    Job job = event.job();
    if (event.download() == null && job.state() == JobState.STORED) {
      job.clip().ifPresent(clip -> keep(job, clip, talk));
    }
  }

  /** Writes that of a clip; what keeps it from being written is said, and no more than that. */
  static void keep(Job job, Clip clip, Talk talk) {
    Path file = of(clip.path());
    if (Files.notExists(clip.path())) {
      return; // told again, of a clip that was moved since
    }
    try {
      write(file, Json.writeForPeople(tree(job, clip)) + "\n");
    } catch (FileAlreadyExistsException e) {
      talk.note(
          file.getFileName()
              + " is there already and none of ours: what the clip was made of is not written");
    } catch (IOException e) {
      talk.note("can't write " + file + ": " + ClipFile.reason(e) + "; the clip itself is whole");
    }
  }

  /** Deletes that of a clip that goes, if it is one. */
  static void delete(Path clip) throws IOException {
    if (isOurs(of(clip))) {
      Files.delete(of(clip));
    }
  }

  private static Map<String, @Nullable Object> tree(Job job, Clip clip) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put(MARK, FORM);
    tree.put("file", String.valueOf(clip.path().getFileName()));
    tree.put("prompt", job.draft().prompt().orElse(null));
    tree.put("model", job.draft().model().orElse(null));
    Map<String, Object> request = job.draft().toMap();
    tree.put(REQUEST, request.isEmpty() ? null : request); // of a task made elsewhere nobody knows
    tree.put("job", job.id().value());
    tree.put("task", job.taskId().map(Object::toString).orElse(null));
    tree.put("label", job.label().orElse(null));
    tree.put("provider", job.account().baseUrl());
    tree.put("quote", job.quote().map(QuoteText::json).orElse(null));
    tree.put("cost", job.bill().map(Report::cost).orElse(null));
    tree.put("seconds", clip.length().seconds());
    tree.put("bytes", clip.bytes());
    tree.put("sha256", clip.sha256());
    tree.put("created", job.createdAt().toString());
    tree.put("stored", job.changedAt().toString());
    return tree;
  }

  private static void write(Path file, String text) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    // a name of its own: another process may be told of the same clip
    Path part =
        Files.createTempFile(directory == null ? Path.of("") : directory, ".seedance-", ".json");
    try {
      try (FileChannel channel =
          FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      publish(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** By a link where there is none yet, which fails if the name was taken meanwhile. */
  private static void publish(Path part, Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.createLink(file, part);
        return;
      } catch (FileAlreadyExistsException e) {
        // then by what it is
      } catch (UnsupportedOperationException | IOException noLinks) {
        Files.move(part, file);
        return;
      }
    }
    if (!isOurs(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean isOurs(Path file) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) <= Json.LONGEST
        && Json.read(Files.readAllBytes(file)).value() instanceof Map<?, ?> tree
        && tree.containsKey(MARK);
  }
}
