package io.github.seedance4j.adapter.cli.bootstrap;

import io.github.seedance4j.adapter.cli.command.Workshop.Reach;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One call to an address without a key, a step at a time, so that the step that fails can be named.
 * By hand, as an HTTP client tells less.
 */
final class Knock {

  private static final int PATIENCE_MILLIS = 10_000;
  private static final int LONGEST_HEAD = 16_384;
  private static final Pattern DATE = Pattern.compile("(?im)^Date:\\s*(.+?)\\s*$");

  private final URI url;
  private final List<String> steps = new ArrayList<>();
  private final long begin = System.nanoTime();

  private Knock(URI url) {
    this.url = url;
  }

  static Reach at(URI url) {
    return new Knock(url).reach();
  }

  private Reach reach() {
    boolean tls = "https".equals(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
    String host = url.getHost().replaceAll("^\\[|]$", "");
    try (Socket plain = new Socket()) {
      InetAddress address = InetAddress.getByName(host);
      steps.add("resolves");
      plain.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
      plain.setSoTimeout(PATIENCE_MILLIS);
      steps.add("connects");
      if (!tls) {
        return answered(head(plain));
      }
      try (SSLSocket secured = secured(plain, host, port)) {
        steps.add(secured.getSession().getProtocol());
        return answered(head(secured));
      }
    } catch (UnknownHostException e) {
      return broken("can't find " + host);
    } catch (SocketTimeoutException e) {
      return broken("no answer from " + host + ":" + port + " within 10 s");
    } catch (SSLException e) {
      return broken("no TLS with " + host + ":" + port + ": " + e.getMessage());
    } catch (IOException e) {
      return broken("no connection to " + host + ":" + port + ": " + e.getMessage());
    }
  }

  private static SSLSocket secured(Socket plain, String host, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket secured = (SSLSocket) factory.createSocket(plain, host, port, true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  private String head(Socket socket) throws IOException {
    String call =
        "GET "
            + url.getRawPath()
            + " HTTP/1.1\r\nHost: "
            + url.getRawAuthority()
            + "\r\nUser-Agent: seedance4j\r\nAccept: */*\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(call.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    for (int b = in.read(); b >= 0 && head.length() < LONGEST_HEAD; b = in.read()) {
      head.append((char) b);
      if (b == '\n' && head.toString().endsWith("\r\n\r\n")) {
        break;
      }
    }
    return head.toString();
  }

  private Reach answered(String head) {
    if (!head.startsWith("HTTP/")) {
      return broken(url.getHost() + " answers, but not as a web server does");
    }
    steps.add("answers");
    return new Reach(null, List.copyOf(steps), date(head), asked());
  }

  private static @Nullable Instant date(String head) {
    Matcher date = DATE.matcher(head);
    try {
      return date.find()
          ? ZonedDateTime.parse(date.group(1), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()
          : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private Reach broken(String trouble) {
    return new Reach(trouble, List.copyOf(steps), null, asked());
  }

  private Duration asked() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
