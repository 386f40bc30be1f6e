package io.github.seedance4j.testkit;

import io.github.seedance4j.error.GiveUpException;
import io.github.seedance4j.error.LinkExpiredException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.JobEvent.Progress;
import io.github.seedance4j.task.ClipLength;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Downloads of the in-memory provider: a part file, gone on with, that is published when whole. */
final class InMemoryFetch {

  private static final int MOST_HOPS = 5;
  private static final int BETWEEN_REPORTS = 256 << 10;
  private static final Pattern CLIP = Pattern.compile("/files/([^/]+)/video\\.mp4");
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+)");
  private static final Set<Path> BUSY = ConcurrentHashMap.newKeySet();

  private final URI baseUrl;
  private final WirelessLine line;

  /** The ETags of the parts that this provider left behind. */
  private final Map<Path, String> etags = new ConcurrentHashMap<>();

  InMemoryFetch(URI baseUrl, WirelessLine line) {
    this.baseUrl = baseUrl;
    this.line = line;
  }

  Clip fetch(String url, Path target, Consumer<Progress> progress) throws IOException {
    URI link = ownLink(url);
    Path part = beside(target, ".part").toAbsolutePath().normalize();
    if (!BUSY.add(part)) {
      throw new RetryLaterException(target + " is being fetched already", null, null);
    }
    try {
      transfer(link, part, progress);
      byte[] bytes = Files.readAllBytes(part);
      etags.remove(part);
      if (!isClip(bytes)) {
        Path kept = publish(part, beside(target, ".unverified"), bytes);
        throw new GiveUpException(
            "what came whole is no MP4 that can be read; it is kept in " + kept, null);
      }
      return new Clip(
          publish(part, target, bytes), bytes.length, Digests.sha256(bytes), length(link));
    } finally {
      BUSY.remove(part);
    }
  }

  /** Nothing but the fake is called, whatever a link or a redirect says. */
  private URI ownLink(String url) {
    try {
      URI link = new URI(url);
      if ("http".equals(link.getScheme())
          && String.valueOf(link.getAuthority()).equals(baseUrl.getAuthority())) {
        return link;
      }
    } catch (URISyntaxException e) {
      // its message repeats the link
      throw new GiveUpException("the clip's link is no URL", null);
    }
    throw new GiveUpException("the clip's link doesn't lead to the fake that this speaks to", null);
  }

  private void transfer(URI link, Path part, Consumer<Progress> progress) throws IOException {
    String etag = Files.exists(part) ? etags.get(part) : null;
    if (etag == null || !attempt(link, part, etag, progress)) {
      attempt(link, part, null, progress);
    }
  }

  /** False if the answer does not go on with the part. */
  private boolean attempt(URI link, Path part, @Nullable String etag, Consumer<Progress> progress)
      throws IOException {
    long have = etag == null ? 0 : Files.size(part);
    Answer.Reply reply = followed(link, have == 0 ? null : "bytes=" + have + "-", etag);
    if (reply.status() != 200 && reply.status() != 206) {
      if (reply.status() == 416) {
        return false;
      }
      throw refusal(reply);
    }
    boolean goesOn = reply.status() == 206;
    Matcher range = CONTENT_RANGE.matcher(reply.headers().getOrDefault("Content-Range", ""));
    if (goesOn
        && (have == 0
            || !range.matches()
            || Long.parseLong(range.group(1)) != have
            || !reply.headers().getOrDefault("ETag", "").equals(etag))) {
      return false;
    }
    etags.put(part, reply.headers().getOrDefault("ETag", "none"));
    receive(reply, part, goesOn ? have : 0, progress);
    return true;
  }

  private Answer.Reply followed(URI link, @Nullable String range, @Nullable String etag) {
    URI at = link;
    for (int hop = 0; hop <= MOST_HOPS; hop++) {
      WirelessLine.Heard heard = line.file(at, range, etag);
      if (!(heard instanceof WirelessLine.File file)) {
        throw new RetryLaterException("no answer came", null, null);
      }
      String location = file.reply().headers().get("Location");
      if (location == null || file.reply().status() / 100 != 3) {
        return file.reply();
      }
      at = ownLink(at.resolve(location).toString());
    }
    throw new GiveUpException("redirected again after " + MOST_HOPS + " redirects", null);
  }

  private RuntimeException refusal(Answer.Reply reply) {
    int status = reply.status();
    boolean refused = status >= 400 && status < 500 && status != 408 && status != 429;
    return refused
        ? new LinkExpiredException("the clip's link is refused with " + status)
        : new RetryLaterException(
            "status " + status,
            WireReading.retryAfter(reply.headers().get("Retry-After"), line.now()),
            null);
  }

  private static void receive(Answer.Reply reply, Path part, long from, Consumer<Progress> progress)
      throws IOException {
    Delivery delivery = reply.delivery();
    Long total =
        delivery instanceof Delivery.Chunked || reply.body().length() == Body.UNKNOWN
            ? null
            : from + reply.body().length();
    long most =
        delivery instanceof Delivery.CutInBody cut
            ? cut.afterBytes()
            : delivery instanceof Delivery.Drips || delivery instanceof Delivery.CutInHead
                ? 0
                : Long.MAX_VALUE;
    try (OutputStream file =
        from == 0
            ? Files.newOutputStream(part)
            : Files.newOutputStream(part, StandardOpenOption.APPEND)) {
      Told told = new Told(file, from, most, total, progress);
      reply.body().writeTo(told);
      if (told.broken) {
        throw new RetryLaterException("the transfer broke off after " + told.at, null, null);
      }
      progress.accept(new Progress(told.at, total));
    }
  }

  /** Writes on to the file as far as the answer comes, and tells of it. */
  private static final class Told extends OutputStream {
    private final OutputStream file;
    private final @Nullable Long total;
    private final Consumer<Progress> progress;
    private long at;
    private long left;
    private long reported;
    private boolean broken;

    Told(
        OutputStream file,
        long from,
        long most,
        @Nullable Long total,
        Consumer<Progress> progress) {
      this.file = file;
      this.at = from;
      this.left = most;
      this.total = total;
      this.progress = progress;
      this.reported = from;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      int done = 0;
      while (done < length && left > 0) {
        int some = (int) Math.min(left, Math.min(BETWEEN_REPORTS, length - done));
        file.write(bytes, from + done, some);
        done += some;
        at += some;
        left -= some;
        if (at - reported >= BETWEEN_REPORTS) {
          reported = at;
          progress.accept(new Progress(at, total));
        }
      }
      broken |= done < length;
    }
  }

  /** Gives the part a name that is free, unless the same bytes have it. */
  private static Path publish(Path part, Path target, byte[] bytes) throws IOException {
    for (int number = 0; ; number++) {
      Path name = number == 0 ? target : beside(target, "-" + number);
      try {
        Files.createLink(name, part);
        Files.delete(part);
        return name;
      } catch (FileAlreadyExistsException e) {
        if (Files.isRegularFile(name)
            && Files.size(name) == bytes.length
            && Digests.sha256(Files.readAllBytes(name)).equals(Digests.sha256(bytes))) {
          Files.delete(part);
          return name;
        }
      }
    }
  }

  /** {@code boat-1.mp4} beside {@code boat.mp4}; a part goes behind all. */
  private static Path beside(Path target, String suffix) {
    String name = String.valueOf(target.getFileName());
    int dot = suffix.equals(".part") ? name.length() : name.lastIndexOf('.');
    int end = dot > 0 ? dot : name.length();
    return target.resolveSibling(name.substring(0, end) + suffix + name.substring(end));
  }

  /** All boxes at the top fit, and those of a clip are there. */
  private static boolean isClip(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    Set<String> seen = new HashSet<>();
    int at = 0;
    while (at < bytes.length) {
      if (bytes.length - at < 8) {
        return false;
      }
      int size = buffer.getInt(at);
      if (size < 8 || size > bytes.length - at) {
        return false;
      }
      String type = new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (at == 0 && !type.equals("ftyp")) {
        return false;
      }
      seen.add(type);
      at += size;
    }
    return seen.containsAll(Set.of("ftyp", "moov", "mdat"));
  }

  private ClipLength length(URI link) {
    Matcher clip = CLIP.matcher(String.valueOf(link.getRawPath()));
    int frames = clip.matches() ? line.frames(clip.group(1)).orElse(0) : 0;
    return new ClipLength(frames, Wanted.FRAME_RATE);
  }
}
