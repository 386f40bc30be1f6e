package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.adapter.cli.digest.Sha256;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.text.DiskTrouble;
import io.github.seedance4j.adapter.cli.text.FieldNames;
import io.github.seedance4j.adapter.cli.text.Json;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.media.InputMedia;
import io.github.seedance4j.media.MediaProbe;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.Strictness;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The file beside a clip, {@code clip.mp4.json}, that tells what it was made of and what it cost;
 * {@code --request} takes it to make the same again. Holds no key, and of addresses those that were
 * sent, signed ones too: not the link that the clip came from. Files that were sent nowhere, as a
 * sandbox is shown none, stand in the request by their names as seen from here, with their digests.
 * Written after its clip, whole or not at all, and never over a file that is not one of ours.
 */
public final class Sidecar {

  /** The member by which ours are known; the number is for a later form. */
  private static final String MARK = "seedance_clip";

  private static final long FORM = 1;

  private static final String REQUEST = "request";
  private static final String PROMPT = "prompt";
  private static final String MODEL = "model";

  /** The request's fields that are outside the guide, and were sent all the same. */
  private static final String EXTRA = "extra";

  private static final String STRICTNESS = "strictness";
  private static final String FILES = "files";
  private static final String FILE = "file";
  private static final String SHA_256 = "sha256";
  private static final String JOB = "job";

  private Sidecar() {}

  /** Where the one of that clip is. */
  static Path of(Path clip) {
    return clip.resolveSibling(clip.getFileName() + ".json");
  }

  /**
   * The request that a file's tree holds if it is a sidecar's; null if it is none.
   *
   * @throws IllegalArgumentException if what is told of it beside it was changed, and it was not
   */
  public static @Nullable Map<?, ?> request(Map<?, ?> tree) {
    if (!tree.containsKey(MARK) || !(tree.get(REQUEST) instanceof Map<?, ?> request)) {
      return null;
    }
    for (String told : List.of(PROMPT, MODEL)) {
      if (!Objects.equals(tree.get(told), request.get(told))) {
        throw new IllegalArgumentException(
            told
                + ": it is another in \"request\", which is what is sent; change it there, and here"
                + " or nowhere");
      }
    }
    return request;
  }

  /** The fields outside the guide that were sent with it; a misspelt one is none of them. */
  public static Set<String> extras(Map<?, ?> tree) {
    return tree.get(EXTRA) instanceof List<?> names
        ? names.stream().map(String::valueOf).collect(Collectors.toSet())
        : Set.of();
  }

  /** Whether it was judged as {@code --relaxed} does. */
  public static boolean isRelaxed(Map<?, ?> tree) {
    return Strictness.RELAXED.name().toLowerCase(Locale.ROOT).equals(tree.get(STRICTNESS));
  }

  /** The files in a sidecar's request that are others now than they were, by their names there. */
  private static List<String> changed(Map<?, ?> tree, Path folder) {
    List<String> changed = new ArrayList<>();
    digests(tree)
        .forEach(
            (name, digest) -> {
              try {
                Path file = folder.resolve(name);
                // a pipe or a device has no end
                if (Files.isRegularFile(file)
                    && !digest.isEmpty()
                    && !Sha256.hex(file).equals(digest)) {
                  changed.add(name);
                }
              } catch (IOException | InvalidPathException e) {
                // whoever is to send it says that it can't be read
              }
            });
    return changed;
  }

  /**
   * What the sidecar of a job's clip says was asked for, where the job itself doesn't know: files
   * that were sent nowhere stand in it as {@code file:///…}. Tells which of them changed.
   */
  public static Optional<GenerationDraft> asked(Job job, Talk talk) {
    Path clip = job.clip().map(Clip::path).orElse(null);
    Map<?, ?> tree = clip == null ? null : ours(of(clip));
    if (clip == null || tree == null || !job.id().value().equals(tree.get(JOB))) {
      return Optional.empty();
    }
    Map<String, String> files = digests(tree);
    Map<?, ?> request = request(tree);
    if (files.isEmpty() || request == null) {
      return Optional.empty();
    }
    Path folder = clip.resolveSibling("");
    sayChanged(tree, folder, talk);
    return Optional.of(
        GenerationDraft.read(request, extras(tree))
            .withUrls(
                (path, kind, url) ->
                    files.containsKey(url)
                        ? folder.resolve(url).toAbsolutePath().normalize().toUri().toString()
                        : url));
  }

  /** Tells which files in a sidecar's request are others now. */
  public static void sayChanged(Map<?, ?> tree, Path folder, Talk talk) {
    changed(tree, folder)
        .forEach(name -> talk.note(name + " has changed since that clip was made"));
  }

  /** What is known of the files in a sidecar's request, by their names there. */
  private static Map<String, String> digests(Map<?, ?> tree) {
    Map<String, String> digests = new LinkedHashMap<>();
    if (tree.get(FILES) instanceof List<?> files) {
      for (Object file : files) {
        if (file instanceof Map<?, ?> entry && entry.get(FILE) instanceof String name) {
          digests.put(name, entry.get(SHA_256) instanceof String digest ? digest : "");
        }
      }
    }
    return digests;
  }

  /**
   * Writes that of a clip that came just now; of anything else that happens, nothing.
   *
   * @param media what it was made of; null where nobody knows that any more
   */
  public static void keep(JobEvent event, @Nullable InputMedia media, Talk talk) {
    Job job = event.job();
    if (event.download() == null && job.state() == JobState.STORED) {
      job.clip().ifPresent(clip -> keep(job, clip, media, talk));
    }
  }

  /** Writes that of a clip; what keeps it from being written is said, and no more than that. */
  public static void keep(Job job, Clip clip, @Nullable InputMedia media, Talk talk) {
    Path file = of(clip.path());
    if (Files.notExists(clip.path())) {
      return; // told again, of a clip that was moved since
    }
    try {
      write(file, Json.writeForPeople(tree(job, clip, media)) + "\n");
    } catch (FileAlreadyExistsException e) {
      talk.note(
          file.getFileName()
              + " is there already and none of ours: what the clip was made of is not written");
    } catch (IOException e) {
      talk.note(
          "can't write " + file + ": " + DiskTrouble.reason(e) + "; the clip itself is whole");
    }
  }

  /** Deletes that of a job that is forgotten, wherever its clip is by now. */
  public static void delete(Job job) throws IOException {
    Path clip = job.clip().map(Clip::path).orElse(null);
    Map<?, ?> tree = clip == null ? null : ours(of(clip));
    if (clip != null && tree != null && job.id().value().equals(tree.get(JOB))) {
      Files.delete(of(clip));
    }
  }

  private static Map<String, @Nullable Object> tree(
      Job job, Clip clip, @Nullable InputMedia media) {
    InputMedia unsent = isUnsent(job, media) ? media : null;
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put(MARK, FORM);
    tree.put(FILE, String.valueOf(clip.path().getFileName()));
    tree.put(PROMPT, job.draft().prompt().orElse(null));
    tree.put(MODEL, job.draft().model().orElse(null));
    Path folder = clip.path().toAbsolutePath().resolveSibling("").normalize();
    Map<String, Object> request =
        (unsent == null ? InlineMedia.abridged(job.draft()) : named(unsent, folder)).toMap();
    tree.put(REQUEST, request.isEmpty() ? null : request); // of a task made elsewhere nobody knows
    List<String> extras = FieldNames.foreign(request).stream().sorted().toList();
    if (!extras.isEmpty()) {
      tree.put(EXTRA, extras);
    }
    tree.put(FILES, unsent == null ? null : files(unsent, folder));
    tree.put(STRICTNESS, job.strictness().name().toLowerCase(Locale.ROOT));
    tree.put(JOB, job.id().value());
    tree.put("task", job.taskId().map(Object::toString).orElse(null));
    tree.put("label", job.label().orElse(null));
    tree.put("provider", job.account().baseUrl());
    if (Access.isOwnSandbox(job.account())) {
      tree.put("sandbox", true);
    }
    tree.put("quote", job.quote().map(QuoteText::json).orElse(null));
    tree.put("cost", job.bill().map(Report::cost).orElse(null));
    tree.put("seconds", clip.length().seconds());
    tree.put("bytes", clip.bytes());
    tree.put(SHA_256, clip.sha256());
    tree.put("created", job.createdAt().toString());
    tree.put("stored", job.changedAt().toString());
    return tree;
  }

  /** Whether something stands in the place of a file, which nobody can send. */
  private static boolean isUnsent(Job job, @Nullable InputMedia media) {
    return media != null && !media.files().isEmpty() && job.draft().equals(media.draft());
  }

  /** What was asked for, with files by their names as seen from there. */
  private static GenerationDraft named(InputMedia media, Path folder) {
    return media
        .asked()
        .withUrls(
            (path, kind, url) -> MediaProbe.file(url).map(file -> name(folder, file)).orElse(url));
  }

  private static List<Map<String, @Nullable Object>> files(InputMedia media, Path folder) {
    List<Map<String, @Nullable Object>> files = new ArrayList<>();
    for (Path file : media.files()) {
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put(FILE, name(folder, file));
      try {
        entry.put(SHA_256, Sha256.hex(file));
      } catch (IOException e) {
        entry.put(SHA_256, null); // gone meanwhile
      }
      files.add(entry);
    }
    return files;
  }

  private static String name(Path folder, Path file) {
    String name;
    try {
      name = folder.relativize(file.toAbsolutePath()).toString();
    } catch (IllegalArgumentException e) {
      return file.toString(); // on another disk
    }
    String plain = name.replace(File.separatorChar, '/');
    return plain.indexOf(':') < 0 ? plain : "./" + plain; // no scheme
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
    return tree(file) != null;
  }

  /** What is in it, if it is one of ours and can be read. */
  private static @Nullable Map<?, ?> ours(Path file) {
    try {
      return tree(file);
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable Map<?, ?> tree(Path file) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && Files.size(file) <= Json.LONGEST
            && Json.read(Files.readAllBytes(file)).value() instanceof Map<?, ?> tree
            && tree.containsKey(MARK)
        ? tree
        : null;
  }
}
