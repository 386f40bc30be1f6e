package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.error.GiveUpException;
import io.github.seedance4j.error.LinkExpiredException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.JobEvent.Progress;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.task.ClipLength;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The plain client's downloads, sound but for one flaw. */
final class PlainFetcher implements VideoFetcher {

  private static final int MOST_HOPS = 5;
  private static final int PATIENCE_OF_THE_IMPATIENT = 50;
  private static final Set<Path> BUSY = ConcurrentHashMap.newKeySet();

  private final String key;
  private final PlainWire wire;
  private final @Nullable Flaw flaw;
  private final StringBuffer log;
  private final Map<Path, String> etags = new ConcurrentHashMap<>();
  private final Exchanger<PlainFetcher> meetings = new Exchanger<>();
  private final Set<Path> brokenOnce = ConcurrentHashMap.newKeySet();

  PlainFetcher(String key, PlainWire wire, @Nullable Flaw flaw, StringBuffer log) {
    this.key = key;
    this.wire = wire;
    this.flaw = flaw;
    this.log = log;
  }

  private boolean has(Flaw other) {
    return flaw == other;
  }

  @Override
  public Clip fetch(String url, Path target, Consumer<Progress> progress) throws IOException {
    if (has(Flaw.READS_FILE_LINKS) && url.startsWith("file:")) {
      Files.copy(Path.of(URI.create(url)), target);
      return new Clip(target, Files.size(target), "", new ClipLength(0, 1));
    }
    if (has(Flaw.LINK_IN_THE_LOG)) {
      log.append("GET ").append(url).append('\n');
    }
    URI link = link(url, true);
    Path part = has(Flaw.WRITES_TO_THE_FINAL_NAME) ? target : beside(target, ".part");
    Path busy = part.toAbsolutePath().normalize();
    if (!BUSY.add(busy) && !has(Flaw.SHARES_ITS_PART)) {
      throw new RetryLaterException("being fetched already", null, null);
    }
    try {
      transfer(link, part, progress);
      return published(part, target);
    } catch (RetryLaterException e) {
      if (has(Flaw.DROPS_ITS_PART)) {
        Files.deleteIfExists(part);
      }
      if (has(Flaw.LOSES_PATIENCE) && !brokenOnce.add(part)) {
        throw new GiveUpException("broken twice", null);
      }
      throw has(Flaw.LINK_IN_MESSAGES)
          ? new RetryLaterException(url + ": " + e.getMessage(), null, null)
          : e;
    } catch (IOException e) {
      if (has(Flaw.DISK_TROUBLE_IS_PASSING)) {
        throw new RetryLaterException("the disk refuses", null, null);
      }
      throw e;
    } finally {
      BUSY.remove(busy);
    }
  }

  private URI link(String url, boolean first) {
    URI link;
    try {
      link = new URI(url);
    } catch (URISyntaxException e) {
      throw nonsense();
    }
    String host = link.getHost();
    if (host == null || !String.valueOf(link.getScheme()).matches("https?")) {
      throw nonsense();
    }
    if (isPrivate(host)) {
      boolean calls =
          has(Flaw.CALLS_PRIVATE_ADDRESSES) || (!first && has(Flaw.LOOKS_AT_THE_FIRST_HOP));
      // nothing leaves this machine in a test, not even by mistake: it only says that it would
      throw calls
          ? new RetryLaterException("called " + host + " in vain", null, null)
          : new GiveUpException("a private address", null);
    }
    return link;
  }

  private RuntimeException nonsense() {
    return has(Flaw.NONSENSE_LINK_IS_TROUBLE)
        ? new RetryLaterException("no address", null, null)
        : new GiveUpException("no web address", null);
  }

  private static boolean isPrivate(String host) {
    if (!host.matches("[0-9.]+|\\[.*\\]")) {
      return false; // names are looked up by nobody here
    }
    try {
      InetAddress address = InetAddress.getByName(host);
      byte[] bytes = address.getAddress();
      boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xC0) == 64;
      boolean unique = bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
      return address.isAnyLocalAddress()
          || address.isLinkLocalAddress()
          || address.isSiteLocalAddress()
          || shared
          || unique;
    } catch (UnknownHostException e) {
      return true;
    }
  }

  private void transfer(URI link, Path part, Consumer<Progress> progress) throws IOException {
    long have = Files.exists(part) && !has(Flaw.STARTS_OVER) ? Files.size(part) : 0;
    String etag = etags.get(part);
    if (have == 0 || etag == null || !attempt(link, part, have, etag, progress)) {
      attempt(link, part, 0, null, progress);
    }
  }

  private boolean attempt(
      URI link, Path part, long have, @Nullable String etag, Consumer<Progress> progress)
      throws IOException {
    long start = System.nanoTime();
    HttpResponse<InputStream> answer = followed(link, have, etag);
    try (InputStream in = answer.body()) {
      int status = answer.statusCode();
      if (status != 200 && status != 206) {
        if (status == 416) {
          return false;
        }
        throw refusal(status);
      }
      String range = answer.headers().firstValue("Content-Range").orElse("");
      String now = answer.headers().firstValue("ETag").orElse("");
      boolean sound =
          (has(Flaw.TRUSTS_ANY_206) || range.startsWith("bytes " + have + "-"))
              && (has(Flaw.TRUSTS_ANY_ETAG) || now.equals(etag));
      if (status == 206 && (have == 0 || !sound)) {
        return false;
      }
      long from = status == 206 || has(Flaw.APPENDS_THE_WHOLE) ? have : 0;
      long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
      if (length < 0 && has(Flaw.NEEDS_A_LENGTH)) {
        throw new RetryLaterException("no length", null, null);
      }
      etags.put(part, now);
      receive(in, part, from, length < 0 ? null : from + length, start, progress);
      return true;
    }
  }

  private HttpResponse<InputStream> followed(URI link, long have, @Nullable String etag)
      throws IOException {
    URI at = link;
    int most = has(Flaw.FOLLOWS_FOR_EVER) ? PATIENCE_OF_THE_IMPATIENT : MOST_HOPS;
    for (int hop = 0; hop <= most; hop++) {
      HttpRequest.Builder request = HttpRequest.newBuilder(at).GET();
      if (has(Flaw.KEY_TO_THE_FILES_HOST)) {
        request.header("Authorization", "Bearer " + key);
      }
      if (have > 0 && etag != null) {
        request.header("Range", "bytes=" + have + "-");
        if (!has(Flaw.TRUSTS_ANY_ETAG)) {
          request.header("If-Range", etag);
        }
      }
      HttpResponse<InputStream> answer = opened(request.build());
      String location = answer.headers().firstValue("Location").orElse(null);
      if (location == null || answer.statusCode() / 100 != 3) {
        return answer;
      }
      answer.body().close();
      at = link(at.resolve(location).toString(), false);
    }
    throw new GiveUpException("too many redirects", null);
  }

  private HttpResponse<InputStream> opened(HttpRequest request) {
    try {
      return wire.inTime(() -> wire.open(request));
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private RuntimeException broken(IOException e) {
    return e instanceof PlainWire.LateException && has(Flaw.LATE_IS_HOPELESS)
        ? new GiveUpException("too slow", null)
        : new RetryLaterException("the transfer broke off", null, null);
  }

  private RuntimeException refusal(int status) {
    boolean trouble = status >= 500 || status == 429 || status == 408;
    if (trouble ? has(Flaw.TROUBLE_IS_A_DEAD_LINK) : !has(Flaw.DEAD_LINK_IS_TROUBLE)) {
      return new LinkExpiredException("status " + status);
    }
    return new RetryLaterException("status " + status, null, null);
  }

  private void receive(
      InputStream in,
      Path part,
      long from,
      @Nullable Long total,
      long start,
      Consumer<Progress> progress)
      throws IOException {
    byte[] buffer = new byte[64 << 10];
    long at = from;
    try (OutputStream file =
        from > 0
            ? Files.newOutputStream(part, StandardOpenOption.APPEND)
            : Files.newOutputStream(part)) {
      if (has(Flaw.SHARES_ITS_PART)) {
        meetAnother();
      }
      for (int n = read(in, buffer, start); n >= 0; n = read(in, buffer, start)) {
        file.write(buffer, 0, n);
        at += n;
        boolean last = total != null && at == total;
        if (!last) {
          progress.accept(new Progress(at, total));
        }
      }
    }
    if (total != null && at != total && !has(Flaw.NO_LENGTH_CHECK)) {
      throw new RetryLaterException("short", null, null);
    }
    if (!has(Flaw.TELLS_NO_END)) {
      progress.accept(new Progress(at, total));
    }
  }

  /** So that two that may write to one file do. */
  private void meetAnother() {
    try {
      meetings.exchange(this, 200, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return; // nobody else is there any more
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private int read(InputStream in, byte[] buffer, long start) {
    try {
      return wire.inTimeSince(start, () -> in.read(buffer));
    } catch (IOException e) {
      if (has(Flaw.NO_LENGTH_CHECK)) {
        return -1;
      }
      throw broken(e);
    }
  }

  private Clip published(Path part, Path target) throws IOException {
    byte[] bytes = Files.readAllBytes(part);
    etags.remove(part);
    if (!has(Flaw.LOOKS_AT_NO_BOXES) && !isClip(bytes)) {
      if (has(Flaw.DROPS_TORN_CLIPS)) {
        Files.delete(part);
        throw new GiveUpException("no clip", null);
      }
      Path kept = named(part, beside(target, ".unverified"), bytes);
      throw new GiveUpException("no clip, but kept in " + kept, null);
    }
    Path path = part.equals(target) ? target : named(part, target, bytes);
    return new Clip(path, bytes.length, Judgements.sha256(bytes), length(bytes));
  }

  private Path named(Path part, Path target, byte[] bytes) throws IOException {
    if (has(Flaw.OVERWRITES)) {
      return Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
    for (int number = 0; ; number++) {
      Path name = number == 0 ? target : beside(target, "-" + number + ".mp4");
      try {
        Files.createLink(name, part);
      } catch (FileAlreadyExistsException e) {
        boolean same = Judgements.sha256(name).equals(Judgements.sha256(bytes));
        if (!same || has(Flaw.NEW_NAME_EACH_TIME)) {
          continue;
        }
      }
      if (!has(Flaw.LEAVES_ITS_PART)) {
        Files.delete(part);
      }
      return name;
    }
  }

  private static Path beside(Path target, String suffix) {
    return target.resolveSibling(target.getFileName() + suffix);
  }

  private static boolean isClip(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int at = 0;
    while (at + 8 <= bytes.length) {
      int size = buffer.getInt(at);
      if (size < 8 || size > bytes.length - at) {
        return false;
      }
      at += size;
    }
    return at == bytes.length && mvhd(bytes) > 0;
  }

  private static int mvhd(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf("mvhd");
  }

  private ClipLength length(byte[] bytes) {
    int at = mvhd(bytes);
    if (at < 0 || has(Flaw.MADE_UP_LENGTH)) {
      return new ClipLength(5, 1);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new ClipLength(buffer.getInt(at + 20), buffer.getInt(at + 16));
  }
}
