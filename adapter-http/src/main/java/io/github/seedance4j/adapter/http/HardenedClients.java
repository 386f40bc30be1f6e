package io.github.seedance4j.adapter.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Properties;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The one place where HttpClients are made. By default that client repeats POSTs on 503 and 429,
 * follows redirects with the body, inflates without limit and sleeps on Retry-After: all of it is
 * off here.
 */
final class HardenedClients {

  private static final String USER_AGENT = "seedance4j/" + version();
  private static final TimeValue IDLE_BEFORE_CHECK = TimeValue.ofSeconds(1);
  private static final TimeValue LONGEST_LIFE = TimeValue.ofMinutes(5);

  private HardenedClients() {}

  /**
   * For create calls: a fresh connection each, because a kept one may be closed by the other side
   * just as we write, and then nobody knows whether the call arrived.
   */
  static CloseableHttpClient creates(HttpOptions options) {
    return hardened(options, SystemDefaultDnsResolver.INSTANCE, options.createDeadline())
        .setConnectionReuseStrategy((request, response, context) -> false)
        .build();
  }

  /** For reading the API: connections are kept. */
  static CloseableHttpClient reads(HttpOptions options) {
    return hardened(options, SystemDefaultDnsResolver.INSTANCE, options.responseTimeout()).build();
  }

  /**
   * For clips: every address goes through that resolver. A fresh connection each, because whatever
   * a host sends behind an answer would be taken for the next one: another clip, whole and wrong.
   */
  static CloseableHttpClient downloads(HttpOptions options, DnsResolver resolver) {
    return hardened(options, resolver, options.responseTimeout())
        .setConnectionReuseStrategy((request, response, context) -> false)
        .build();
  }

  private static HttpClientBuilder hardened(
      HttpOptions options, DnsResolver resolver, Duration silence) {
    Timeout connect = Timeout.of(options.connectTimeout());
    PoolingHttpClientConnectionManagerBuilder connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setConnectionFactory(new QuietConnection.Factory())
            .setDnsResolver(resolver)
            .setMaxConnTotal(options.maxConnections())
            .setMaxConnPerRoute(options.maxConnections())
            .setDefaultSocketConfig(
                SocketConfig.custom().setSoTimeout(Timeout.of(silence)).setTcpNoDelay(true).build())
            .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(connect).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(connect)
                    .setSocketTimeout(Timeout.of(silence))
                    .setValidateAfterInactivity(IDLE_BEFORE_CHECK)
                    .setTimeToLive(LONGEST_LIFE)
                    .build());
    options
        .sslContext()
        .ifPresent(tls -> connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(tls)));
    HttpClientBuilder builder =
        HttpClients.custom()
            .setConnectionManager(connections.build())
            .setRequestExecutor(new Wire.Executor())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(Timeout.of(options.leaseTimeout()))
                    .setResponseTimeout(Timeout.of(silence))
                    .setProtocolUpgradeEnabled(false)
                    .setExpectContinueEnabled(false)
                    .setAuthenticationEnabled(false)
                    .build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableConnectionState()
            .setUserAgent(USER_AGENT);
    options.proxy().ifPresent(proxy -> builder.setProxy(HttpHost.create(proxy)));
    return builder;
  }

  private static String version() {
    try (InputStream in = HardenedClients.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        return "unknown";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException("our own version.properties can't be read", e);
    }
  }
}
