package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.job.Job;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes a file name of a prompt's first telling words, in whatever script it is written. */
public final class ClipName {

  private static final int MOST_WORDS = 3;
  private static final int MOST_CHARACTERS = 40;
  private static final String USUAL = "clip";

  /** Words that tell nothing of the picture. */
  private static final Set<String> SMALL =
      Set.of(
          "a", "an", "the", "of", "in", "on", "at", "and", "with", "to", "from", "is", "are", "by",
          "un", "une", "le", "la", "les", "de", "du", "des", "et", "l", "d", "dans", "sur");

  /** What Windows takes for devices, whatever the extension. */
  private static final String DEVICE = "con|prn|aux|nul|com\\d|lpt\\d";

  private ClipName() {}

  /** Such as {@code golden-retriever-running}: letters and digits of any script, and hyphens. */
  public static String of(String prompt) {
    String[] words =
        Normalizer.normalize(prompt, Normalizer.Form.NFC)
            .toLowerCase(Locale.ROOT)
            .split("[^\\p{L}\\p{M}\\p{N}]+");
    List<String> telling = new ArrayList<>();
    for (String word : words) {
      if (!word.isEmpty() && !SMALL.contains(word) && telling.size() < MOST_WORDS) {
        telling.add(word);
      }
    }
    String name = shortened(String.join("-", telling));
    if (name.isEmpty()) {
      return USUAL;
    }
    return name.matches(DEVICE) ? USUAL + "-" + name : name;
  }

  /** Of a name that a person gave: as much of it as a file's name can be. */
  public static String ofId(String id) {
    String name =
        Normalizer.normalize(id, Normalizer.Form.NFC)
            .replaceAll("[^\\p{L}\\p{M}\\p{N}._-]+", "-")
            .replaceAll("^[.-]+|[.-]+$", "");
    int[] characters = name.codePoints().limit(2L * MOST_CHARACTERS).toArray();
    name = new String(characters, 0, characters.length);
    return name.isEmpty() || name.toLowerCase(Locale.ROOT).matches(DEVICE)
        ? USUAL + "-" + name
        : name;
  }

  /** The whole id, so that the file tells which task it is of. */
  public static String ofTask(String id) {
    String name = id.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+", "");
    return name.isEmpty() ? USUAL : name;
  }

  /** By the task, if there is one. */
  public static String of(Job job) {
    return ofTask(job.taskId().map(Object::toString).orElse(job.id().value()));
  }

  /** Where a job's clip goes: where it was wanted, else where all of the user's go. */
  public static Path usual(Surroundings around, Job job) {
    return job.clipTarget().orElseGet(() -> ClipFile.home(around).resolve(of(job) + ".mp4"));
  }

  private static String shortened(String name) {
    int[] characters = name.codePoints().limit(MOST_CHARACTERS).toArray();
    return new String(characters, 0, characters.length).replaceAll("-+$", "");
  }
}
