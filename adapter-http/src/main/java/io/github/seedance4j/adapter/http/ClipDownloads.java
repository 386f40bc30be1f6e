package io.github.seedance4j.adapter.http;

import io.github.seedance4j.error.GiveUpException;
import io.github.seedance4j.error.LinkExpiredException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.JobEvent.Progress;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.task.ClipLength;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;

/**
 * Driven adapter: brings clips to disk. Sends no credentials, follows at most five redirects by
 * hand, and calls public addresses only. Goes on where an earlier download broke off if the server
 * proves that it still has the same bytes, else starts over. What ends up under the final name has
 * its full length and is an MP4 from the first box to the last; what has its full length alone is
 * kept beside it as {@code NAME.unverified.mp4}. Two downloads to one target don't mix: the second
 * is told to come back. Thread-safe.
 */
public final class ClipDownloads implements VideoFetcher, AutoCloseable {

  private static final int BUFFER = 64 * 1024;
  private static final long BETWEEN_REPORTS = 256 * 1024;

  private final HttpOptions options;
  private final Deadlines deadlines;
  private final boolean ownDeadlines;
  private final CloseableHttpClient client;
  private final ClipRequest requests;
  private final Disk disk;

  ClipDownloads(HttpOptions options, Deadlines deadlines, boolean ownDeadlines) {
    this(options, deadlines, ownDeadlines, InetAddress::getAllByName, Disk.REAL);
  }

  ClipDownloads(
      HttpOptions options,
      Deadlines deadlines,
      boolean ownDeadlines,
      GuardedResolver.Lookup lookup,
      Disk disk) {
    GuardedResolver guard = new GuardedResolver(lookup, options.allowLoopback());
    boolean proxied = options.proxy().isPresent();
    this.options = options;
    this.deadlines = deadlines;
    this.ownDeadlines = ownDeadlines;
    // with a proxy the resolver is asked for the proxy alone, which may well be a private address
    this.client =
        HardenedClients.downloads(options, proxied ? SystemDefaultDnsResolver.INSTANCE : guard);
    this.requests = new ClipRequest(client, options, guard);
    this.disk = disk;
  }

  /** Opens downloads of their own, without any provider. */
  public static ClipDownloads open(HttpOptions options) {
    return new ClipDownloads(options, new Deadlines(), true);
  }

  /** The same, with a disk that may have moods of its own. */
  static ClipDownloads open(HttpOptions options, Disk disk) {
    return new ClipDownloads(options, new Deadlines(), true, InetAddress::getAllByName, disk);
  }

  @Override
  public Clip fetch(String url, Path target, Consumer<Progress> progress) throws IOException {
    ClipLink link = ClipLink.of(url);
    try (PartFile part = PartFile.open(disk, target)) {
      return fetch(link, part, progress);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw refusal(target, e);
    }
  }

  private Clip fetch(ClipLink link, PartFile part, Consumer<Progress> progress) throws IOException {
    transfer(link, part, progress);
    Mp4File.Verdict verdict = Mp4File.read(part.channel(), part.position(), part.total() >= 0);
    if (verdict instanceof Mp4File.Torn torn) {
      throw refused(link, part, torn.why());
    }
    ClipLength length = ((Mp4File.Whole) verdict).length();
    long bytes = part.position();
    String sha256 = part.sha256();
    return new Clip(part.publish(sha256), bytes, sha256, length);
  }

  /** The disk's own words name neither the file nor what to do. */
  private static IOException refusal(Path target, IOException e) {
    FileSystemException told =
        new FileSystemException(
            Publication.beside(target, ".part").toString(),
            null,
            e.getMessage() + "; put the disk right, and the next attempt goes on with what came");
    told.initCause(e);
    return told;
  }

  /** What came whole is never thrown away, understood or not: it may be the clip that was paid. */
  private static SeedanceException refused(ClipLink link, PartFile part, String why)
      throws IOException {
    long bytes = part.position();
    if (part.total() <= 0) {
      part.discard();
      return new RetryLaterException(
          "what " + link.host() + " sent is no whole MP4: " + why, null, null);
    }
    Path kept = part.publishUnverified(part.sha256());
    return new GiveUpException(
        "all "
            + bytes
            + " bytes came from "
            + link.host()
            + ", but as an MP4 they can't be read ("
            + why
            + "); they are kept in "
            + kept,
        null);
  }

  /** Fills the part; starts over once where going on turns out to be impossible. */
  private void transfer(ClipLink link, PartFile part, Consumer<Progress> progress)
      throws IOException {
    long end = System.nanoTime() + options.downloadDeadline().toNanos();
    if (part.resumable() && attempt(link, part, progress, end)) {
      return;
    }
    part.startOver();
    if (!attempt(link, part, progress, end)) {
      throw new RetryLaterException(
          link.host() + " answers a plain request with a part", null, null);
    }
  }

  /** False if the part on disk can't be gone on with. */
  private boolean attempt(ClipLink link, PartFile part, Consumer<Progress> progress, long end)
      throws IOException {
    Duration left = Duration.ofNanos(end - System.nanoTime());
    if (left.isNegative() || left.isZero()) {
      throw tooSlow(link, part);
    }
    try (ClipRequest.Call call = requests.call(link);
        Deadlines.Watch watch = deadlines.watch(left, call::cut)) {
      try {
        return receive(call, part, progress);
      } catch (RetryLaterException e) {
        if (watch.expired()) {
          throw tooSlow(link, part);
        }
        throw e;
      }
    } catch (RejectedExecutionException e) {
      throw new RetryLaterException("downloads are closed", null, null);
    }
  }

  private boolean receive(ClipRequest.Call call, PartFile part, Consumer<Progress> progress)
      throws IOException {
    ClipRequest.Head head = call.open(part.resumeAt(), part.etag());
    boolean resumed = part.resumable();
    switch (head.status()) {
      case 200 -> part.startOver();
      case 206 -> {
        if (!resumed || !head.continues(part.resumeAt(), part.total(), part.etag())) {
          return false;
        }
        part.goOn();
      }
      case 416 -> {
        return false;
      }
      default -> throw call.refusal(head);
    }
    long total = head.total();
    if (total > options.maxClip()) {
      throw tooLong(call);
    }
    part.remember(head.etag(), total);
    copy(call, part, total, progress);
    return true;
  }

  private void copy(ClipRequest.Call call, PartFile part, long total, Consumer<Progress> progress)
      throws IOException {
    InputStream in = call.body();
    byte[] buffer = new byte[BUFFER];
    long reported = part.position();
    for (int n = call.read(in, buffer); n >= 0; n = call.read(in, buffer)) {
      if (part.position() == 0 && n > 0 && isMarkup(buffer[0])) {
        part.discard();
        throw new LinkExpiredException(call.host() + " answers with a page instead of the clip");
      }
      if (part.position() + n > (total >= 0 ? total : options.maxClip())) {
        part.discard();
        throw tooLong(call);
      }
      part.write(buffer, n);
      if (part.position() - reported >= BETWEEN_REPORTS) {
        reported = part.position();
        progress.accept(new Progress(reported, total < 0 ? null : total));
      }
    }
    if (total >= 0 && part.position() < total) {
      throw call.broken("the transfer broke off after " + part.position() + " of " + total);
    }
    progress.accept(new Progress(part.position(), total < 0 ? null : total));
  }

  /** No MP4 begins like this: its first byte is the top of a box's size. */
  private static boolean isMarkup(byte first) {
    return first == '<' || first == '{' || first == (byte) 0xEF || Character.isWhitespace(first);
  }

  private GiveUpException tooLong(ClipRequest.Call call) {
    return new GiveUpException(
        call.host() + " sends more than it announced, or more than " + options.maxClip() + " bytes",
        null);
  }

  private RetryLaterException tooSlow(ClipLink link, PartFile part) {
    return new RetryLaterException(
        "the download from "
            + link.host()
            + " was not whole within "
            + options.downloadDeadline()
            + "; "
            + part.position()
            + " bytes are kept",
        null,
        null);
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
    if (ownDeadlines) {
      deadlines.close();
    }
  }
}
