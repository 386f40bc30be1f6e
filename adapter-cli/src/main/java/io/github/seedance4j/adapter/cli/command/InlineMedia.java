package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.request.GenerationDraft;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Pictures and sounds that stand inside a request, as {@code data:} URIs. Each state of a job is
 * kept with all of them, so there is a limit to their size; where many jobs are looked at they are
 * abridged to what they are and the digest of their bytes.
 */
public final class InlineMedia {

  /** In bytes of files, for one request: ten takes of that fit into a heap of 512 MB (measured). */
  public static final long MOST = 8L << 20;

  /** The same for all the requests of a run. */
  public static final long MOST_OF_RUN = 4 * MOST;

  private static final String SCHEME = "data:";
  private static final Pattern ABRIDGED = Pattern.compile("data:[^,]*;sha256=[0-9a-f]{64}");

  private InlineMedia() {}

  private static boolean isInside(String url) {
    return url.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) && url.indexOf(',') >= 0;
  }

  /** About how large the files are that stand in a draft, in bytes. */
  public static long bytes(GenerationDraft draft) {
    AtomicLong length = new AtomicLong();
    draft.withUrls(
        (path, kind, url) -> {
          length.addAndGet(isInside(url) ? url.length() : 0);
          return url;
        });
    return length.get() / 4 * 3;
  }

  /** The same request with {@code data:image/png;sha256=…} for what stands in it. */
  static GenerationDraft abridged(GenerationDraft draft) {
    return bytes(draft) == 0
        ? draft
        : draft.withUrls((path, kind, url) -> isInside(url) ? abridged(url) : url);
  }

  /** The same job, likewise. */
  public static Job abridged(Job job) {
    return bytes(job.draft()) == 0
        ? job
        : job.change().version(job.version()).draft(abridged(job.draft())).done();
  }

  private static String abridged(String url) {
    int comma = url.indexOf(',');
    String type = url.substring(0, comma).replaceFirst("(?i);base64$", "");
    return type + ";sha256=" + HexFormat.of().formatHex(digest(url, comma + 1));
  }

  /** Of the file, or of whatever stands there if it is none. */
  private static byte[] digest(String url, int from) {
    byte[] text = url.substring(from).getBytes(StandardCharsets.ISO_8859_1);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try {
        return digest.digest(Base64.getDecoder().decode(text));
      } catch (IllegalArgumentException noBase64) {
        return digest.digest(text);
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /**
   * Makes sure that an address is not what was left of a file when it was abridged.
   *
   * @throws IllegalArgumentException if it is
   */
  static void requireWhole(String url) {
    if (url.length() < 200 && ABRIDGED.matcher(url).matches()) {
      throw new IllegalArgumentException(
          "a file went inside that request, and only its digest is kept ("
              + url
              + "): name the file again in its place");
    }
  }
}
