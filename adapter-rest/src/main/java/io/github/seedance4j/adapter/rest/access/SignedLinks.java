package io.github.seedance4j.adapter.rest.access;

import io.github.seedance4j.adapter.rest.exchange.Problem;
import io.github.seedance4j.adapter.rest.exchange.ProblemType;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Links that let whoever has them read one thing for a while: the path and the moment at which they
 * die are signed with HMAC-SHA256. Thread-safe.
 */
public final class SignedLinks {

  /** As long as upstream's own: a day. */
  public static final Duration LIFE = Duration.ofHours(24);

  private static final String ALGORITHM = "HmacSHA256";
  private static final String EXPIRES = "expires";
  private static final String SIGNATURE = "signature";

  private final SecretKeySpec secret;
  private final Supplier<String> base;
  private final Clock clock;

  /**
   * @param base what links begin with, without a slash at the end
   */
  public SignedLinks(byte[] secret, Supplier<String> base, Clock clock) {
    this.secret = new SecretKeySpec(secret, ALGORITHM);
    this.base = base;
    this.clock = clock;
  }

  /** A link to that path, and when it dies. */
  public Link to(String path) {
    Instant expires = Instant.ofEpochSecond(clock.instant().plus(LIFE).getEpochSecond());
    long moment = expires.getEpochSecond();
    return new Link(
        base.get()
            + path
            + "?"
            + EXPIRES
            + "="
            + moment
            + "&"
            + SIGNATURE
            + "="
            + sign(path, moment),
        expires);
  }

  /** A link that reads until then. */
  public record Link(String url, Instant expires) {}

  boolean isSigned(Context request) {
    return request.queryParam(SIGNATURE) != null;
  }

  /**
   * @throws io.github.seedance4j.adapter.rest.exchange.Refusal if it is forged or dead
   */
  void require(Context request) {
    long moment;
    try {
      moment = Long.parseLong(String.valueOf(request.queryParam(EXPIRES)));
    } catch (NumberFormatException e) {
      throw refusal("The link is not as it was made.");
    }
    byte[] given = String.valueOf(request.queryParam(SIGNATURE)).getBytes(StandardCharsets.UTF_8);
    byte[] right = sign(request.path(), moment).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(given, right)) {
      throw refusal("The link is not as it was made.");
    }
    if (clock.instant().getEpochSecond() >= moment) {
      throw refusal(
          "The link lived for a day and is dead: ask for what it leads to again, for a new one.");
    }
  }

  private static RuntimeException refusal(String detail) {
    return Problem.of(ProblemType.LINK_REFUSED, detail).refusal();
  }

  private String sign(String path, long moment) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return HexFormat.of()
          .formatHex(mac.doFinal((path + "\n" + moment).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
