package io.github.seedance4j.adapter.cli.batch;

import io.github.seedance4j.adapter.cli.command.LocalFile;
import io.github.seedance4j.adapter.cli.request.EarlierClips;
import io.github.seedance4j.adapter.cli.request.MediaFlags;
import io.github.seedance4j.adapter.cli.request.Sources;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.Csv;
import io.github.seedance4j.adapter.cli.text.Json;
import io.github.seedance4j.adapter.cli.text.Lines;
import io.github.seedance4j.media.InputMedia;
import io.github.seedance4j.media.MediaFacts;
import io.github.seedance4j.media.MediaProbe;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a batch: a file of requests in the wire's names, a line each as JSON or as CSV, with the
 * batch's own two fields {@code id} and {@code out} beside them. Models may have their short names.
 */
final class BatchFile {

  private static final int LONGEST_NAME = 200;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final List<BatchLine> lines = new ArrayList<>();
  private final List<BatchLine.Problem> problems = new ArrayList<>();
  private final ModelCatalog catalog;

  private final Path folder;
  private final EarlierClips clips;
  private final MediaProbe probe;
  private final Predicate<String> made;

  /** What a line that is made names, and is not there any more. */
  private final Set<String> gone = new HashSet<>();

  private BatchFile(
      ModelCatalog catalog,
      Path folder,
      EarlierClips clips,
      MediaProbe probe,
      Predicate<String> made) {
    this.made = made;
    this.catalog = catalog;
    this.folder = folder;
    this.clips = clips;
    this.probe = probe;
  }

  /**
   * What is in it.
   *
   * @param problems what keeps lines from being read at all; what the rules say comes later
   */
  record Contents(List<BatchLine> lines, List<BatchLine.Problem> problems) {}

  /**
   * Reads all of it.
   *
   * @param clips where media are that jobs made
   * @param probe looks at media
   * @param made whether a line of that id is made already: then its files may be gone
   * @throws IllegalArgumentException if there is no such file, or its name does not tell its kind
   */
  static Contents read(
      Surroundings around,
      String name,
      ModelCatalog catalog,
      EarlierClips clips,
      MediaProbe probe,
      Predicate<String> made) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean csv = lower.endsWith(".csv");
    if (!csv && !lower.endsWith(".jsonl") && !lower.endsWith(".ndjson")) {
      throw new IllegalArgumentException(
          "FILE: " + name + " should end in .jsonl or .csv, which says how to read it");
    }
    byte[] bytes = Sources.bytes(around, "FILE", name);
    BatchFile file = new BatchFile(catalog, Sources.folder(around, name), clips, probe, made);
    if (csv) {
      file.readCsv(bytes);
    } else {
      file.readJson(bytes);
    }
    if (file.lines.isEmpty() && file.problems.isEmpty()) {
      throw new IllegalArgumentException("FILE: there are no requests in " + name);
    }
    return new Contents(List.copyOf(file.lines), List.copyOf(file.problems));
  }

  private void readJson(byte[] bytes) {
    boolean marked =
        bytes.length > 2
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    int number = 0;
    try (InputStream in = new ByteArrayInputStream(bytes)) {
      in.skipNBytes(marked ? 3 : 0);
      Lines source = new Lines(in, Json.LONGEST);
      while (source.next()) {
        number++;
        if (!source.isBlank()) {
          Json.Document document = Json.read(source.bytes());
          if (document.value() instanceof Map<?, ?> tree) {
            add(number, tree);
          } else {
            look(number, null, null, document.draft());
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e); // it is all in memory
    }
  }

  private void readCsv(byte[] bytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      problem(1, "file-unreadable", "it is not UTF-8: save it as \"CSV UTF-8\"");
      return;
    }
    if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      text = text.substring(1);
    }
    Csv.Table table = Csv.read(text);
    List<Csv.Row> rows = table.rows().stream().filter(row -> !row.isBlank()).toList();
    if (!rows.isEmpty()) {
      CsvColumns columns = CsvColumns.of(rows.get(0), problems);
      rows.stream()
          .skip(1)
          .forEach(
              row -> {
                Map<String, @Nullable Object> tree = columns.read(row, problems);
                if (tree != null) {
                  add(row.line(), tree);
                }
              });
    }
    if (table.problem() != null) {
      problem(table.problemLine(), "csv-malformed", table.problem());
    }
  }

  private void add(int number, Map<?, ?> read) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    read.forEach((name, value) -> tree.put(String.valueOf(name), value));
    String id = name(number, "id", tree.remove("id"));
    String out = name(number, "out", tree.remove("out"));
    if (out != null) {
      out = inside(number, out);
    }
    if (tree.get("model") instanceof String model) {
      tree.put("model", catalog.findByName(model).map(ModelSpec::id).orElse(model));
    }
    look(number, id, out, GenerationDraft.read(tree));
  }

  /** Files are named as seen from the batch's own. */
  private void look(int number, @Nullable String id, @Nullable String out, GenerationDraft draft) {
    gone.clear();
    try {
      Map<String, String> names = new HashMap<>();
      GenerationDraft found =
          draft.withUrls(
              (path, kind, url) -> {
                clips.name(url).ifPresent(name -> names.put(path, name));
                return address(id, url);
              });
      InputMedia media = MediaFlags.look(found, this::look).named(names);
      lines.add(new BatchLine(number, id, out, media));
    } catch (IllegalArgumentException e) {
      problem(number, "media-unreadable", String.valueOf(e.getMessage()));
    }
  }

  /** Of what is not there any more, where it was, if nobody needs it. */
  private String address(@Nullable String id, String written) {
    String address;
    try {
      address = clips.address(folder, written);
    } catch (IllegalArgumentException clipGone) {
      if (!isMade(id)) {
        throw clipGone;
      }
      address = LocalFile.wherever(folder, "gone");
    }
    boolean none = LocalFile.isNone(address);
    boolean there = !none && MediaProbe.file(address).filter(Files::notExists).isEmpty();
    if (there || !isMade(id)) {
      return address;
    }
    String before = none ? LocalFile.wherever(folder, written) : address;
    gone.add(before);
    return before;
  }

  private boolean isMade(@Nullable String id) {
    return id != null && made.test(id);
  }

  private Optional<MediaFacts> look(String address) throws IOException {
    return gone.contains(address) ? Optional.empty() : probe.probe(address);
  }

  private @Nullable String name(int number, String field, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof String text
        && !text.isBlank()
        && text.length() <= LONGEST_NAME
        && text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    problem(
        number,
        value == GenerationDraft.REPEATED ? "field-repeated" : "field-type",
        value == GenerationDraft.REPEATED
            ? field + ": it is there twice"
            : field + ": write a text of 1 to " + LONGEST_NAME + " characters, not blank");
    return null;
  }

  /** The name of a file below the output directory, ending in .mp4; null if it is none. */
  private @Nullable String inside(int number, String out) {
    String name = out.toLowerCase(Locale.ROOT).endsWith(".mp4") ? out : out + ".mp4";
    try {
      Path path = Path.of(name);
      boolean plain = !path.isAbsolute() && !name.contains("\\") && !name.endsWith("/.mp4");
      for (Path part : path) {
        plain &= !part.toString().equals("..") && !part.toString().isBlank();
      }
      if (plain) {
        return path.normalize().toString();
      }
    } catch (InvalidPathException e) {
      // said below
    }
    problem(number, "out-invalid", "out: '" + out + "' is no file's name inside --out-dir");
    return null;
  }

  private void problem(int number, String code, String text) {
    problems.add(new BatchLine.Problem(number, code, text));
  }
}
