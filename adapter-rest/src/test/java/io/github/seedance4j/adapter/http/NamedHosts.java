package io.github.seedance4j.adapter.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Opens what calls links with names that mean what a test says: by a seam that is not public. */
public final class NamedHosts {

  private NamedHosts() {}

  /** Which addresses a name has. */
  @FunctionalInterface
  public interface Names {
    InetAddress[] all(String host) throws UnknownHostException;
  }

  /** As they are in life but for the names. */
  public static ClipDownloads downloads(Names names) {
    return new ClipDownloads(HttpOptions.standard(), new Deadlines(), true, names::all, Disk.REAL);
  }

  /** As it is in life but for the names. */
  public static HttpMediaProbe probe(Names names) {
    return HttpMediaProbe.open(HttpOptions.standard(), names::all);
  }
}
