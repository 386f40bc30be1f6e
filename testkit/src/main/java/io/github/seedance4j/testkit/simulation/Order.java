package io.github.seedance4j.testkit.simulation;

import io.github.seedance4j.request.AspectRatio;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.Resolution;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Something that is asked for, and what the provider makes of it: its prices are copied from its
 * price list, in millionths of a dollar, so that they can disagree with the library's.
 *
 * @param number tells its prompt from every other one's
 * @param seconds of output
 * @param inputTenths tenths of seconds of the reference video, as long as it really is; 0 for none
 * @param declared whether its length is said
 * @param extraFrames how many frames the clip is longer than asked
 */
record Order(
    int number,
    boolean fast,
    boolean large,
    int seconds,
    int inputTenths,
    boolean declared,
    int extraFrames,
    @Nullable String key,
    @Nullable String label) {

  static final int FRAMES = 24;

  static Order drawn(Chance chance, int number) {
    boolean input = chance.of(0.25);
    return new Order(
        number,
        chance.of(0.5),
        chance.of(0.5),
        chance.between(4, 12),
        input ? chance.between(20, 150) : 0,
        chance.of(0.5),
        chance.of(0.8) ? 1 : 0,
        chance.of(0.6) ? "order-" + number : null,
        chance.of(0.3) ? (chance.of(0.5) ? "acme" : "umbra") : null);
  }

  GenerationDraft draft() {
    GenerationDraft.Builder draft =
        GenerationDraft.builder()
            .model(fast ? ModelId.SEEDANCE_2_0_FAST : ModelId.SEEDANCE_2_0)
            .prompt("clip number " + number)
            .resolution(large ? Resolution.P720 : Resolution.P480)
            .aspectRatio(AspectRatio.R16_9)
            .duration(Duration.ofSeconds(seconds));
    if (inputTenths > 0) {
      String url = "https://media.example/" + number + ".mp4";
      draft =
          declared
              ? draft.referenceVideo(url, Duration.ofMillis(100L * inputTenths))
              : draft.referenceVideo(url);
    }
    return draft.build();
  }

  /** What is charged when it is taken, before anybody knows how long it becomes. */
  long firstCharge() {
    return price() * seconds + inputCost();
  }

  /** What it costs in the end. */
  long lastCharge() {
    return -Math.floorDiv(-price() * ticks(), FRAMES) + inputCost();
  }

  long ticks() {
    return (long) FRAMES * seconds + extraFrames;
  }

  private long inputCost() {
    return price() * inputTenths / 10;
  }

  private long price() {
    return fast ? (large ? 160_000 : 100_000) : (large ? 200_000 : 120_000);
  }

  /** The digest of the bytes that ask for it: its prompt is no other one's. */
  static String digest(String body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(body.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
