package io.github.seedance4j.adapter.cli.generate;

import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.SeedanceCommand;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.Json;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.ModelSpec;
import io.github.seedance4j.request.Resolution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows what there is to choose from, and what it costs. */
public final class ModelsCommand extends SeedanceCommand {

  private final Flag<Boolean> json;

  public ModelsCommand(Surroundings around, Workshop workshop) {
    super(
        "models",
        "List the models, their prices and their limits.",
        around,
        workshop,
        "%nExample:",
        "  seedance models --json");
    json = flags.common("Write one JSON object.", "--json");
  }

  @Override
  public Integer call() {
    Tariff tariff = tariff();
    if (json.or(false)) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("provider", workshop.catalog().provider());
      all.put("prices_of", tariff.date());
      all.put("models", workshop.catalog().models().stream().map(m -> json(m, tariff)).toList());
      result(Json.write(all));
      return ExitCode.DONE;
    }
    for (ModelSpec model : workshop.catalog().models()) {
      result(
          model.id()
              + (model.alias().equals(model.id()) ? "" : "  (--model " + model.alias() + ")"));
      row("price", prices(model, tariff));
      row("length", limits(model.duration()));
      row(
          "ratios",
          String.join(", ", model.aspectRatios().stream().map(Object::toString).toList()));
      row("takes", media(model.media()));
      row("videos", inputVideos(model.inputVideo()));
      result("");
    }
    result("Prices of " + tariff.date() + ", by the second of output and of reference video.");
    return ExitCode.DONE;
  }

  private void row(String name, String text) {
    result("  " + name + " ".repeat(10 - name.length()) + text);
  }

  private static String prices(ModelSpec model, Tariff tariff) {
    List<String> prices = new ArrayList<>();
    for (Resolution resolution : model.resolutions()) {
      prices.add(resolution + " " + tariff.perSecond(model, resolution) + "/s");
    }
    return String.join(", ", prices);
  }

  private static String limits(ModelSpec.DurationLimits limits) {
    return QuoteText.seconds(limits.min())
        + " to "
        + QuoteText.seconds(limits.max())
        + " s, "
        + QuoteText.seconds(limits.usual())
        + " unless asked";
  }

  private static String media(ModelSpec.MediaLimits limits) {
    return limits.images()
        + " reference images, "
        + limits.videos()
        + " videos, "
        + limits.audios()
        + " audios; or first and last frame";
  }

  private static String inputVideos(ModelSpec.InputVideoLimits limits) {
    return QuoteText.seconds(limits.minEach())
        + " to "
        + QuoteText.seconds(limits.maxEach())
        + " s each, "
        + QuoteText.seconds(limits.maxTotal())
        + " s in all";
  }

  private static Map<String, Object> json(ModelSpec model, Tariff tariff) {
    Map<String, Object> prices = new LinkedHashMap<>();
    String currency = "";
    for (Resolution resolution : model.resolutions()) {
      prices.put(resolution.value(), tariff.perSecond(model, resolution).plain());
      currency = tariff.perSecond(model, resolution).currency().getCurrencyCode();
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", model.id());
    json.put("alias", model.alias());
    json.put("price_per_second", prices);
    json.put("currency", currency);
    json.put(
        "duration",
        Map.of(
            "min",
            model.duration().min(),
            "max",
            model.duration().max(),
            "default",
            model.duration().usual()));
    json.put("aspect_ratios", model.aspectRatios());
    json.put("reference_images", model.media().images());
    json.put("reference_videos", model.media().videos());
    json.put("reference_audios", model.media().audios());
    json.put("input_video_seconds", model.inputVideo().maxTotal());
    return json;
  }
}
