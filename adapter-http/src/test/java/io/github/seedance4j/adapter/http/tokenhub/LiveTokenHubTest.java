package io.github.seedance4j.adapter.http.tokenhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.testkit.live.LiveEnd;
import io.github.seedance4j.testkit.live.LiveRun;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * COSTS MONEY: one clip at the real service, under a cap. Never runs by accident: it needs the
 * Maven profile {@code live} and two variables; {@code docs/live-run.md} tells all of them.
 */
@Tag("live")
@EnabledIfEnvironmentVariable(
    named = "TOKENHUB_API_KEY",
    matches = ".+",
    disabledReason = "it pays with the key in TOKENHUB_API_KEY")
@EnabledIfEnvironmentVariable(
    named = "SEEDANCE4J_LIVE_CAP_USD",
    matches = ".+",
    disabledReason = "say in SEEDANCE4J_LIVE_CAP_USD what all live runs may cost together")
class LiveTokenHubTest {

  private static final Map<String, String> ENVIRONMENT = System.getenv();

  @Test
  @Timeout(value = 90, unit = TimeUnit.MINUTES)
  void keepsToTheContractWithOnePaidClip() throws IOException {
    URI baseUrl = URI.create(variable("TOKENHUB_BASE_URL", TokenHub.BASE_URL.toString()));
    HttpOptions options =
        HttpOptions.builder()
            .allowLoopback(Boolean.parseBoolean(variable("SEEDANCE_ALLOW_LOOPBACK", "false")))
            .build();

    LiveEnd end =
        LiveRun.against(key -> TokenHub.provider(ApiKey.of(key), baseUrl, options))
            .key(variable("TOKENHUB_API_KEY", "").strip())
            .cap(Money.usd(variable("SEEDANCE4J_LIVE_CAP_USD", "")))
            .spendingFile(spendingFile(baseUrl))
            .factsFile(Path.of(variable("SEEDANCE4J_LIVE_FACTS", "target/live-facts.json")))
            .clipDirectory(Path.of("target", "live-clips"))
            .out(System.out::println)
            .build()
            .run();

    assertThat(end.kind()).as(end.what()).isEqualTo(LiveEnd.Kind.COMPLETE);
    assertThat(end.breaches()).isEmpty();
  }

  /** Beside no build, so that {@code mvn clean} forgets nothing that was spent. */
  private static Path spendingFile(URI baseUrl) {
    String file = variable("SEEDANCE4J_LIVE_SPENDING", "");
    if (!file.isEmpty()) {
      return Path.of(file);
    }
    assertThat(baseUrl)
        .as("for another service set SEEDANCE4J_LIVE_SPENDING too: its money is another's")
        .isEqualTo(TokenHub.BASE_URL);
    return Path.of(System.getProperty("user.home"), ".seedance4j", "live-spending.jsonl");
  }

  private static String variable(String name, String otherwise) {
    String value = ENVIRONMENT.getOrDefault(name, "");
    return value.isBlank() ? otherwise : value;
  }
}
