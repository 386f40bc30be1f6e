package io.github.seedance4j.adapter.http;

import io.github.seedance4j.error.GiveUpException;
import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.media.MediaFacts;
import io.github.seedance4j.media.MediaHeader;
import io.github.seedance4j.media.MediaProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;

/**
 * Driven adapter: looks at media behind http and https addresses, of which it fetches small parts,
 * four megabytes at most. Like a download it sends no credentials, follows at most five redirects
 * by hand, and calls public addresses only; a medium takes no longer than {@link
 * HttpOptions#readDeadline}. Whoever gives no answer is not asked again. Messages name hosts, and
 * nothing else of an address: it may be signed. Thread-safe.
 */
public final class HttpMediaProbe implements MediaProbe, AutoCloseable {

  private final HttpOptions options;
  private final Deadlines deadlines = new Deadlines();
  private final CloseableHttpClient client;
  private final ClipRequest requests;
  private final Set<HttpHost> silent = ConcurrentHashMap.newKeySet();

  private HttpMediaProbe(HttpOptions options, GuardedResolver.Lookup lookup) {
    GuardedResolver guard = new GuardedResolver(lookup, options.allowLoopback());
    boolean proxied = options.proxy().isPresent();
    this.options = options;
    this.client =
        HardenedClients.downloads(options, proxied ? SystemDefaultDnsResolver.INSTANCE : guard);
    this.requests = new ClipRequest(client, options, guard);
  }

  /** Calls nobody before it is asked to look at something. */
  public static HttpMediaProbe open(HttpOptions options) {
    return open(options, InetAddress::getAllByName);
  }

  static HttpMediaProbe open(HttpOptions options, GuardedResolver.Lookup lookup) {
    return new HttpMediaProbe(options, lookup);
  }

  /**
   * What is there; empty for other kinds of addresses.
   *
   * @throws InvalidRequestException if its header can't be read
   * @throws IOException if it can't be had: no answer or none in time, a status that is no success,
   *     an address that must not be called, a server that contradicts itself
   */
  @Override
  public Optional<MediaFacts> probe(String address) throws IOException {
    String start = address.substring(0, Math.min(address.length(), 8)).toLowerCase(Locale.ROOT);
    if (!start.startsWith("http://") && !start.equals("https://")) {
      return Optional.empty();
    }
    try {
      return Optional.of(look(ClipLink.of(address)));
    } catch (GiveUpException | RetryLaterException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private MediaFacts look(ClipLink link) throws IOException {
    if (silent.contains(link.target())) {
      throw new IOException(link.host() + " gave no answer before");
    }
    try (LinkedMedium medium = new LinkedMedium(requests, link);
        Deadlines.Watch watch = deadlines.watch(options.readDeadline(), medium::cut)) {
      try {
        medium.open();
        return MediaHeader.read(medium);
      } catch (RetryLaterException e) {
        if (!medium.isAnswered()) {
          silent.add(link.target());
        }
        if (watch.expired()) {
          throw new IOException(
              link.host() + " was not done within " + options.readDeadline().toSeconds() + " s", e);
        }
        throw e;
      }
    } catch (RejectedExecutionException e) {
      throw new IOException("the probe is closed", e);
    }
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
    deadlines.close();
  }
}
