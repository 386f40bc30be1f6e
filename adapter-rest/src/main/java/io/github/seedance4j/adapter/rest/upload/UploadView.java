package io.github.seedance4j.adapter.rest.upload;

import io.github.seedance4j.adapter.rest.access.SignedLinks;
import io.github.seedance4j.adapter.rest.exchange.Problem;
import io.github.seedance4j.adapter.rest.exchange.Problems;
import io.github.seedance4j.media.MediaFacts;
import io.github.seedance4j.task.ClipLength;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An upload as its owner sees it, under a link that the provider can fetch it by. */
final class UploadView {

  private static final String PATH = "/api/v1/uploads/";
  private static final int MILLIS = 3;

  private static final Problem.Violation UNREACHABLE =
      new Problem.Violation(
          "upload-unreachable",
          "url",
          "The link leads to this very machine, where no provider reaches it: start the gateway"
              + " with the address that it has outside, its public URL.");

  private final SignedLinks links;
  private final Duration keep;
  private final boolean nearProvider;

  /**
   * @param keep how long uploads are kept
   * @param nearProvider whether the provider runs on this machine, as a sandbox does
   */
  UploadView(SignedLinks links, Duration keep, boolean nearProvider) {
    this.links = links;
    this.keep = keep;
    this.nearProvider = nearProvider;
  }

  /** As far as the disk's directory tells. */
  Map<String, Object> of(Shelf.Item item) {
    SignedLinks.Link link = links.to(PATH + item.id().value());
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", item.id().value());
    tree.put("object", "upload");
    tree.put("url", link.url());
    tree.put("expires_at", link.expires().getEpochSecond());
    tree.put("created", item.made().getEpochSecond());
    tree.put("kept_until", item.made().plus(keep).getEpochSecond());
    tree.put("kind", item.id().format().kind().name().toLowerCase(Locale.ROOT));
    tree.put("format", item.id().format().mimeType());
    tree.put("bytes", item.bytes());
    return tree;
  }

  /** With what its bytes told when they came. */
  Map<String, Object> of(Shelf.Item item, Reception.Received received, Locale language) {
    MediaFacts facts = received.facts();
    Map<String, Object> tree = of(item);
    tree.put("sha256", received.sha256());
    if (facts.width() > 0) {
      tree.put("width", facts.width());
      tree.put("height", facts.height());
    }
    ClipLength length = facts.length();
    if (length != null) {
      tree.put("duration", seconds(length));
    }
    List<Object> advice = new ArrayList<>();
    Problems.violations(facts.advice(facts.kind().singular()), language)
        .forEach(one -> advice.add(one.tree()));
    String url = String.valueOf(tree.get("url"));
    if (!nearProvider && isLoopback(url)) {
      advice.add(UNREACHABLE.tree());
    }
    tree.put("advice", advice);
    return tree;
  }

  /** Up to the next millisecond, so that what is declared by it is never less than what it is. */
  private static BigDecimal seconds(ClipLength length) {
    BigDecimal seconds =
        BigDecimal.valueOf(length.ticks())
            .divide(BigDecimal.valueOf(length.ticksPerSecond()), MILLIS, RoundingMode.CEILING)
            .stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }

  private static boolean isLoopback(String url) {
    String host = String.valueOf(URI.create(url).getHost());
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.startsWith("127.")
        || host.equals("[::1]")
        || host.equals("0.0.0.0")
        || host.equals("[::]");
  }
}
