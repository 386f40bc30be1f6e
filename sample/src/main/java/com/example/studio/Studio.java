package com.example.studio;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.adapter.http.tokenhub.TokenHub;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.service.VideoGenerationBuilder;
import io.github.seedance4j.service.VideoGenerationService;
import java.net.URI;
import java.nio.file.Path;

/** How this application wires its client: one place, for production and for tests. */
public final class Studio {

  private static final Budget BUDGET = Budget.perDay(Money.usd("5.00"));

  private Studio() {}

  /** What production builds as it is; a test says on which time it runs. */
  public static VideoGenerationBuilder videos(
      URI baseUrl, String key, HttpOptions options, Path clips) {
    return VideoGenerationService.builder()
        .provider(TokenHub.provider(ApiKey.of(key), baseUrl, options))
        .budget(BUDGET)
        .clipFiles(job -> clips.resolve(job.id() + ".mp4"));
  }
}
