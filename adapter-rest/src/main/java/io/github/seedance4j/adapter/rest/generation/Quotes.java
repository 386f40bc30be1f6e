package io.github.seedance4j.adapter.rest.generation;

import io.github.seedance4j.adapter.rest.exchange.Caller;
import io.github.seedance4j.adapter.rest.exchange.Json;
import io.github.seedance4j.adapter.rest.exchange.Language;
import io.github.seedance4j.adapter.rest.exchange.Problems;
import io.github.seedance4j.adapter.rest.form.Forms;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelId;
import io.github.seedance4j.request.ModelSpec;
import io.github.seedance4j.request.Resolution;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code POST /api/v1/videos/quotes}: what it would cost, and elsewhere. Sends nothing. */
public final class Quotes {

  private final VideoGeneration videos;
  private final ModelCatalog catalog;
  private final Forms forms;

  public Quotes(VideoGeneration videos, ModelCatalog catalog, Forms forms) {
    this.videos = videos;
    this.catalog = catalog;
    this.forms = forms;
  }

  /** Answers the request. */
  public void quote(Context request, Caller caller) {
    Submissions.requireJson(request);
    GenerationDraft draft = Json.draft(request.bodyAsBytes(), caller.extraFields());
    Locale language = Language.of(request);
    forms.require(draft, language);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("object", "video.quote");
    tree.put("model", draft.model().orElse(""));
    tree.putAll(QuoteView.of(videos.quote(draft)));
    tree.put(
        "advice",
        Problems.violations(videos.verdict(draft).advice(), language).stream()
            .map(
                advice ->
                    Json.tree(
                        "code", advice.code(), "path", advice.path(), "message", advice.message()))
            .toList());
    tree.put("alternatives", alternatives(draft));
    request.contentType(Json.CONTENT_TYPE).result(Json.write(tree));
  }

  /** The same with every model and resolution that would take it. */
  private List<Map<String, Object>> alternatives(GenerationDraft draft) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (ModelSpec model : catalog.models()) {
      for (Resolution resolution : model.resolutions()) {
        GenerationDraft other =
            draft.toBuilder().model(new ModelId(model.id())).resolution(resolution).build();
        if (videos.verdict(other).violations().isEmpty()) {
          all.add(alternative(model, resolution, videos.quote(other)));
        }
      }
    }
    return all;
  }

  private static Map<String, Object> alternative(
      ModelSpec model, Resolution resolution, Quote quote) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("model", model.id());
    tree.put("resolution", resolution.value());
    tree.put("currency", quote.high().currency().getCurrencyCode());
    tree.put("low", quote.low().plain());
    tree.put("high", quote.high().plain());
    return tree;
  }
}
