package io.github.seedance4j.adapter.http.tokenhub;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.ApiTransport;
import io.github.seedance4j.adapter.http.HttpOptions;
import java.net.URI;
import java.util.Objects;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.jspecify.annotations.Nullable;

/** Where to get a TokenHub provider. */
public final class TokenHub {

  /** The base URL of the guide. */
  public static final URI BASE_URL = URI.create("https://tokenhub.store/api/v1");

  private TokenHub() {}

  /** With every default. */
  public static TokenHubProvider provider(ApiKey key) {
    return builder(key).build();
  }

  /**
   * With another address or other options.
   *
   * @throws IllegalArgumentException if the base URL is neither https nor http on this very machine
   */
  public static TokenHubProvider provider(ApiKey key, URI baseUrl, HttpOptions options) {
    return builder(key).baseUrl(baseUrl).options(options).build();
  }

  public static Builder builder(ApiKey key) {
    return new Builder(key);
  }

  /** Puts a provider together. */
  public static final class Builder {

    private final ApiKey key;
    private URI baseUrl = BASE_URL;
    private HttpOptions options = HttpOptions.standard();
    private @Nullable CloseableHttpClient client;

    private Builder(ApiKey key) {
      this.key = Objects.requireNonNull(key, "key");
    }

    /** A slash at its end makes no difference. Default: {@link #BASE_URL}. */
    public Builder baseUrl(URI baseUrl) {
      this.baseUrl = Objects.requireNonNull(baseUrl, "baseUrl");
      return this;
    }

    /** Default: {@link HttpOptions#standard}. */
    public Builder options(HttpOptions options) {
      this.options = Objects.requireNonNull(options, "options");
      return this;
    }

    /**
     * Calls the API through a client of yours, which stays open; timeouts, proxy and TLS are then
     * its own, and downloads don't use it. It must not repeat calls (its default does, on 503 and
     * 429), follow redirects, keep connections that the other side has closed, or log headers:
     * build it with {@code disableAutomaticRetries()} and {@code disableRedirectHandling()}.
     * Default: a hardened one.
     */
    public Builder client(CloseableHttpClient client) {
      this.client = Objects.requireNonNull(client, "client");
      return this;
    }

    /**
     * @throws IllegalArgumentException if the base URL is neither https nor http on this very
     *     machine
     */
    public TokenHubProvider build() {
      return new TokenHubProvider(key, ApiTransport.open(key, baseUrl, options, client));
    }
  }
}
