package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.fault.ErrorShape;
import io.github.seedance4j.testkit.fault.FileFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * The signed links of the clips, good for 24 hours by the fake's clock, and what is served at them,
 * whole or not. Knows one range a request; several are answered with the whole.
 */
final class ClipFiles {

  static final Duration LINK_LIFE = Duration.ofHours(24);

  /** Where no client should let itself be sent: the metadata service of many a cloud. */
  static final String PRIVATE = "http://169.254.169.254/latest/meta-data/";

  private static final Pattern PATH = Pattern.compile("/files/([^/]+)/(video\\.mp4|loop|away)");
  private static final Pattern QUERY =
      Pattern.compile("expires=([0-9]{1,12})&n=([0-9]{1,9})&sig=([0-9a-f]{64})");
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  private final Clock clock;
  private final ThreadLocal<Mac> signer;
  private final ClipShelf shelf;
  private final RequestLog log;
  private final Strikes strikes;

  ClipFiles(Clock clock, byte[] secret, ClipShelf shelf, RequestLog log, Strikes strikes) {
    this.clock = clock;
    this.signer = ThreadLocal.withInitial(() -> Digests.signer(secret));
    this.shelf = shelf;
    this.log = log;
    this.strikes = strikes;
  }

  /**
   * One GET or HEAD.
   *
   * @param tasks finds the tasks that the provider still knows
   */
  record Request(
      String method,
      String path,
      @Nullable String query,
      Function<String, Optional<HubTask>> tasks,
      Function<String, @Nullable String> header,
      String id) {}

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

  /** The path of a redirect to itself. */
  static String loop(HubTask task) {
    return "/files/" + task.id() + "/loop";
  }

  /** The path of a redirect to {@link #PRIVATE}. */
  static String wayOut(HubTask task) {
    return "/files/" + task.id() + "/away";
  }

  private String signature(String id, long expires, int number) {
    return Digests.signature(signer.get(), id + "\n" + expires + "\n" + number);
  }

  /** The whole clip of a task, without any fault of it. */
  byte[] bytes(HubTask task) {
    return shelf.clip(task).bytes();
  }

  static boolean isFile(String path) {
    return PATH.matcher(path).matches();
  }

  /** The clip from aside: none of the task's faults strikes, and nobody counts it. */
  Answer aside(HubTask task, Request request) {
    return stretch(task.withoutFaults(), shelf.clip(task), request);
  }

  /** The answer to a request for which {@link #isFile} holds. */
  Answer answer(Request request) {
    log.downloaded();
    Matcher path = PATH.matcher(request.path());
    HubTask task = path.matches() ? request.tasks().apply(path.group(1)).orElse(null) : null;
    if (task == null) {
      return denied(request);
    }
    return switch (path.group(2)) {
      case "loop" -> redirect(loop(task));
      case "away" -> redirect(PRIVATE);
      default -> works(task, request.query()) ? served(task, request) : denied(request);
    };
  }

  private static Answer redirect(String location) {
    return Answer.text(302, Map.of("Location", location), "");
  }

  private static Answer denied(Request request) {
    return Answer.error(
        403, "AccessDenied", "The link is not signed or has expired.", request.id());
  }

  private boolean works(HubTask task, @Nullable String query) {
    Matcher link = QUERY.matcher(query == null ? "" : query);
    if (!link.matches()) {
      return false;
    }
    long expires = Long.parseLong(link.group(1));
    int number = Integer.parseInt(link.group(2));
    Instant now = clock.instant();
    boolean sound =
        signature(task.id(), expires, number).equals(link.group(3))
            && now.isBefore(Instant.ofEpochSecond(expires))
            && task.phase(now) == HubTask.Phase.SUCCEEDED;
    if (sound && !task.linkWorks(number)) {
      strikes.of(task, FileFault.KillsLink.class);
      return false;
    }
    return sound;
  }

  /** Faults that strike but some downloads come one a GET, on top of those that strike all. */
  private Answer served(HubTask task, Request request) {
    FileFault fault =
        request.method().equals("GET")
            ? task.faults().next(FileFault.class).map(Carried.Stroke::fault).orElse(null)
            : null;
    if (fault != null) {
      strikes.add(fault, task);
    }
    if (fault instanceof FileFault.RefusesDownloads refusal) {
      return Refusal.answer(refusal.status(), ErrorShape.FULL, null, null, null, request.id());
    }
    if (strikes.of(task, FileFault.ServesHtml.class) != null) {
      return Answer.text(200, Map.of("Content-Type", "video/mp4"), Refusal.page("Please log in"));
    }
    Answer.Reply reply = stretch(task, clip(task), request);
    if (fault != null) {
      return delivered(reply, fault);
    }
    return strikes.of(task, FileFault.LeavesOutLength.class) == null
        ? reply
        : reply.with(new Delivery.Chunked());
  }

  private static Answer.Reply delivered(Answer.Reply reply, FileFault fault) {
    if (fault instanceof FileFault.CutsFile) {
      return reply.cutInMiddle(Delivery.How.CLOSE);
    }
    if (fault instanceof FileFault.ResetsFile) {
      return reply.cutInMiddle(Delivery.How.RESET);
    }
    if (fault instanceof FileFault.HangsFile) {
      return reply.cutInMiddle(Delivery.How.HANG);
    }
    if (fault instanceof FileFault.DripsFile drip) {
      return reply.with(new Delivery.Drips(drip.every(), false));
    }
    throw new IllegalStateException("nobody plays " + fault);
  }

  private ClipShelf.Clip clip(HubTask task) {
    ClipShelf.Clip clip = shelf.clip(task);
    if (strikes.of(task, FileFault.ChangesFile.class) != null) {
      clip = clip.anew(task.nextMaking());
    }
    return strikes.of(task, FileFault.ShortensFile.class) == null ? clip : clip.shortened();
  }

  private Answer.Reply stretch(HubTask task, ClipShelf.Clip clip, Request request) {
    int size = clip.bytes().length;
    String range = request.header().apply("Range");
    String ifRange = request.header().apply("If-Range");
    Matcher asked = RANGE.matcher(range == null ? "" : range.replace(" ", ""));
    boolean current = ifRange == null || ifRange.strip().equals(clip.etag());
    if (!current || !asked.matches() || (asked.group(1) + asked.group(2)).isEmpty()) {
      return whole(clip);
    }
    if (strikes.of(task, FileFault.IgnoresRange.class) != null) {
      return whole(clip);
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
          return whole(clip); // such a range is no range: RFC 9110 has it ignored
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
          request.id(),
          Map.of("Content-Range", "bytes */" + size),
          Map.of());
    }
    if (size > 1 && strikes.of(task, FileFault.AnswersOtherRange.class) != null) {
      from += from == 0 ? 1 : -1;
      last = Math.max(from, last);
    }
    String content = "bytes " + from + "-" + last + "/" + size;
    return new Answer.Reply(
        206,
        headers(clip, Map.of("Content-Range", content)),
        new Body.Stretch(clip.bytes(), (int) from, (int) (last - from + 1)));
  }

  private static Answer.Reply whole(ClipShelf.Clip clip) {
    return new Answer.Reply(200, headers(clip, Map.of()), Body.of(clip.bytes()));
  }

  private static Map<String, String> headers(ClipShelf.Clip clip, Map<String, String> more) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "video/mp4");
    headers.put("Accept-Ranges", "bytes");
    headers.put("ETag", clip.etag());
    headers.putAll(more);
    return headers;
  }
}
