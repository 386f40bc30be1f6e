package io.github.seedance4j.adapter.cli.batch;

import io.github.seedance4j.adapter.cli.digest.Sha256;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.request.GenerationDraft;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Names each clip of a batch so that the same file finds it again: by the line's id, else by its
 * request and the how-manieth of its like it is. Neither the file's name nor the line's number
 * counts, so a file may be moved, and lines added. Other addresses are other providers.
 */
public final class BatchKeys {

  private static final int SCOPE_LENGTH = 8;

  private final String scope;
  private final Map<String, Integer> alike = new HashMap<>();

  /** Those at that address; to be asked in the order of the file. */
  BatchKeys(String address) {
    this.scope = Sha256.hex(Access.plain(address)).substring(0, SCOPE_LENGTH);
  }

  /**
   * The next line's key, without its take.
   *
   * @throws IllegalArgumentException if a file of its can't be read, or is another one by now
   */
  String of(BatchLine line) {
    if (line.id() != null) {
      return ofId(line.id());
    }
    String digest = Sha256.hex(identity(line).canonical());
    return "batch:" + scope + ":sha256:" + digest + "." + alike.merge(digest, 1, Integer::sum);
  }

  /** The key of the line of that id. */
  String ofId(String id) {
    return "batch:" + scope + ":id:" + id;
  }

  /** The key of one take of a line. */
  public static String take(String line, int take) {
    return line + "#" + take;
  }

  /** The key of a further attempt at a take, after one that came to nothing; 1 for the first. */
  static String attempt(String take, int attempt) {
    return attempt == 1 ? take : take + "~" + attempt;
  }

  /** The key of the take that one of its attempts is of. */
  static String takeOf(String attempt) {
    return attempt.replaceFirst("(#\\d+)~\\d+$", "$1");
  }

  private static GenerationDraft identity(BatchLine line) {
    try {
      return line.media().identified();
    } catch (InvalidRequestException | IOException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }
}
