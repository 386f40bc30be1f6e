package io.github.seedance4j.adapter.rest.operation;

import io.github.seedance4j.adapter.rest.exchange.Caller;
import io.github.seedance4j.adapter.rest.exchange.Json;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.AspectRatio;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelSpec;
import io.github.seedance4j.request.Resolution;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /api/v1/models}: what can be asked for, and what a second of it costs. */
public final class Models {

  private final byte[] body;

  public Models(ModelCatalog catalog, Tariff tariff) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("object", "list");
    tree.put("tariff_date", tariff.date().toString());
    tree.put("currency", tariff.currency().getCurrencyCode());
    tree.put("data", catalog.models().stream().map(model -> model(model, tariff)).toList());
    this.body = Json.write(tree);
  }

  /** Answers the request. */
  public void list(Context request, Caller caller) {
    request.contentType(Json.CONTENT_TYPE).result(body);
  }

  private static Map<String, Object> model(ModelSpec model, Tariff tariff) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", model.id());
    tree.put("object", "model");
    tree.put("alias", model.alias());
    tree.put("resolutions", model.resolutions().stream().map(Resolution::value).toList());
    tree.put("aspect_ratios", model.aspectRatios().stream().map(AspectRatio::value).toList());
    Map<String, Object> duration = new LinkedHashMap<>();
    duration.put("min", model.duration().min());
    duration.put("max", model.duration().max());
    duration.put("default", model.duration().usual());
    tree.put("duration", duration);
    Map<String, Object> media = new LinkedHashMap<>();
    media.put("images", model.media().images());
    media.put("videos", model.media().videos());
    media.put("audios", model.media().audios());
    tree.put("media", media);
    tree.put(
        "prices",
        model.resolutions().stream()
            .map(
                resolution ->
                    Json.tree(
                        "resolution",
                        resolution.value(),
                        "per_second",
                        tariff.perSecond(model, resolution).plain()))
            .toList());
    return tree;
  }
}
