package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.media.ClipSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * The clips and their signed links, good for 24 hours by the fake's clock. A clip is made when it
 * is first downloaded; the latest are kept, others are made again, byte for byte. Knows one range a
 * request; several are answered with the whole.
 */
final class ClipFiles {

  static final Duration LINK_LIFE = Duration.ofHours(24);

  private static final long MOST_KEPT_BYTES = 64L << 20;
  private static final int MOST_SHOWN_CHARACTERS = 4_000;
  private static final Pattern QUERY =
      Pattern.compile("expires=([0-9]{1,12})&n=([0-9]{1,9})&sig=([0-9a-f]{64})");
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  private final Clock clock;
  private final ThreadLocal<Mac> signer;
  private final Function<ClipSpec, byte[]> renderer;
  private final RequestLog log;
  private final Map<String, Clip> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long keptBytes;

  ClipFiles(Clock clock, byte[] secret, Function<ClipSpec, byte[]> renderer, RequestLog log) {
    this.clock = clock;
    this.signer = ThreadLocal.withInitial(() -> Digests.signer(secret));
    this.renderer = renderer;
    this.log = log;
  }

  private static final class Clip {
    private final byte[] bytes;
    private final String etag;

    Clip(byte[] bytes) {
      this.bytes = bytes;
      this.etag = "\"" + Digests.sha256(bytes).substring(0, 32) + "\"";
    }
  }

  /** The path and query of a task's file, as of now. */
  String link(HubTask task) {
    long expires = clock.instant().plus(LINK_LIFE).getEpochSecond();
    int number = task.currentLink();
    String signature = signature(task.id(), expires, number);
    return "/files/"
        + task.id()
        + "/video.mp4?expires="
        + expires
        + "&n="
        + number
        + "&sig="
        + signature;
  }

  private String signature(String id, long expires, int number) {
    return Digests.signature(signer.get(), id + "\n" + expires + "\n" + number);
  }

  /**
   * One GET or HEAD of a file.
   *
   * @param tasks finds the tasks that the provider still knows
   */
  Answer answer(
      String id,
      @Nullable String query,
      Function<String, Optional<HubTask>> tasks,
      Function<String, @Nullable String> header,
      String requestId) {
    log.downloaded();
    Matcher link = QUERY.matcher(query == null ? "" : query);
    HubTask task = tasks.apply(id).orElse(null);
    if (task == null || !link.matches() || !works(task, link)) {
      return Answer.error(403, "AccessDenied", "The link is not signed or has expired.", requestId);
    }
    return stretch(clip(task), header.apply("Range"), header.apply("If-Range"), requestId);
  }

  private boolean works(HubTask task, Matcher link) {
    long expires = Long.parseLong(link.group(1));
    int number = Integer.parseInt(link.group(2));
    return signature(task.id(), expires, number).equals(link.group(3))
        && clock.instant().isBefore(Instant.ofEpochSecond(expires))
        && task.status(clock.instant()).equals("succeeded")
        && task.linkWorks(number);
  }

  private static Answer stretch(
      Clip clip, @Nullable String range, @Nullable String ifRange, String requestId) {
    int size = clip.bytes.length;
    Matcher asked = RANGE.matcher(range == null ? "" : range.replace(" ", ""));
    boolean current = ifRange == null || ifRange.strip().equals(clip.etag);
    if (!current || !asked.matches() || (asked.group(1) + asked.group(2)).isEmpty()) {
      return new Answer.Reply(200, headers(clip, Map.of()), Body.of(clip.bytes));
    }
    long from;
    long last = size - 1L;
    if (asked.group(1).isEmpty()) {
      from = Math.max(0, size - Long.parseLong(asked.group(2)));
    } else {
      from = Long.parseLong(asked.group(1));
      if (!asked.group(2).isEmpty()) {
        long end = Long.parseLong(asked.group(2));
        if (end < from) {
          // such a range is no range: RFC 9110 has it ignored
          return new Answer.Reply(200, headers(clip, Map.of()), Body.of(clip.bytes));
        }
        last = Math.min(last, end);
      }
    }
    if (from >= size) {
      return Answer.error(
          416,
          "InvalidRange",
          "The range starts after the file's end.",
          null,
          requestId,
          Map.of("Content-Range", "bytes */" + size),
          Map.of());
    }
    String content = "bytes " + from + "-" + last + "/" + size;
    return new Answer.Reply(
        206,
        headers(clip, Map.of("Content-Range", content)),
        new Body.Stretch(clip.bytes, (int) from, (int) (last - from + 1)));
  }

  private static Map<String, String> headers(Clip clip, Map<String, String> more) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "video/mp4");
    headers.put("Accept-Ranges", "bytes");
    headers.put("ETag", clip.etag);
    headers.putAll(more);
    return headers;
  }

  private Clip clip(HubTask task) {
    // one rendering a task at a time; other tasks go on
    synchronized (task) {
      Clip clip = find(task.id());
      if (clip == null) {
        clip = render(task);
        keep(task.id(), clip);
      }
      return clip;
    }
  }

  private Clip render(HubTask task) {
    Wanted wanted = task.wanted();
    Wanted.Size size = wanted.size();
    return new Clip(
        renderer.apply(
            new ClipSpec(
                size.width(),
                size.height(),
                wanted.frames(),
                wanted.audio(),
                List.of(task.id(), shown(wanted.prompt())))));
  }

  /** No picture has room for more, and a prompt may have megabytes. */
  private static String shown(String prompt) {
    return prompt.substring(0, Math.min(prompt.length(), MOST_SHOWN_CHARACTERS));
  }

  private @Nullable Clip find(String id) {
    synchronized (kept) {
      return kept.get(id);
    }
  }

  private void keep(String id, Clip clip) {
    synchronized (kept) {
      kept.put(id, clip);
      keptBytes += clip.bytes.length;
      Iterator<Clip> oldest = kept.values().iterator();
      while (keptBytes > MOST_KEPT_BYTES && kept.size() > 1) {
        keptBytes -= oldest.next().bytes.length;
        oldest.remove();
      }
    }
  }
}
