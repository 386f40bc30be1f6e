package io.github.seedance4j.adapter.http;

import io.github.seedance4j.error.GiveUpException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;

/**
 * The one way from a link to an address. The client asks it for names and literals alike and calls
 * exactly what it returns, so that nobody can answer differently a moment later. One address that
 * is not global unicast, or is this machine's own, refuses the host: what listens here may count on
 * a firewall that stands outside.
 */
final class GuardedResolver implements DnsResolver {

  /** How names are looked up; a seam for tests. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] all(String host) throws UnknownHostException;
  }

  /** A host whose last label is a number is an address, in whatever disguise. */
  private static final Pattern NUMERIC =
      Pattern.compile("(?i)\\[.*\\]|.*:.*|(.*\\.)?(\\d+|0x[0-9a-f]*)\\.*");

  /** The one spelling of an IPv4 address that everybody reads alike: 0177.0.0.1 is not. */
  private static final Pattern PLAIN_IPV4 =
      Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

  /** Which addresses are this machine's; a seam for tests. */
  @FunctionalInterface
  interface Own {
    boolean has(InetAddress address) throws SocketException;
  }

  private final Lookup lookup;
  private final Own own;
  private final boolean allowLoopback;

  GuardedResolver(Lookup lookup, boolean allowLoopback) {
    this(lookup, address -> NetworkInterface.getByInetAddress(address) != null, allowLoopback);
  }

  GuardedResolver(Lookup lookup, Own own, boolean allowLoopback) {
    this.lookup = lookup;
    this.own = own;
    this.allowLoopback = allowLoopback;
  }

  /**
   * @throws GiveUpException if the host must not be called
   */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = lookup.all(ascii(host));
    for (InetAddress address : addresses) {
      boolean sandbox = allowLoopback && GlobalUnicast.isLoopback(address);
      if (!sandbox && (!GlobalUnicast.contains(address) || isOwn(address))) {
        throw refused(host);
      }
    }
    return addresses;
  }

  /** As name servers know it: the client hands the letters of an international name over. */
  private static String ascii(String host) throws UnknownHostException {
    try {
      return host.chars().allMatch(c -> c < 128) ? host : IDN.toASCII(host);
    } catch (IllegalArgumentException e) {
      throw new UnknownHostException(host);
    }
  }

  private boolean isOwn(InetAddress address) throws UnknownHostException {
    try {
      return own.has(address);
    } catch (SocketException e) {
      throw new UnknownHostException("whose address it is can't be told");
    }
  }

  /**
   * What can be checked before a name is looked up, by us or by a proxy: addresses written as such,
   * in the one spelling that has one meaning, and names that mean this machine.
   *
   * @throws GiveUpException if the host must not be called
   */
  void checkWritten(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    boolean local = name.matches("(.*\\.)?localhost\\.?");
    if (local && !allowLoopback) {
      throw refused(host);
    }
    if (!local && NUMERIC.matcher(name).matches()) {
      if (!name.startsWith("[") && !PLAIN_IPV4.matcher(name).matches()) {
        throw refused(host);
      }
      try {
        resolve(name);
      } catch (UnknownHostException e) {
        throw refused(host);
      }
    }
  }

  private static GiveUpException refused(String host) {
    return new GiveUpException(
        "the link leads to "
            + host
            + ", which is no public address; it is not called (a sandbox needs allowLoopback)",
        null);
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
