package io.github.seedance4j.testkit.live;

import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.testkit.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run learnt, as {@code live-facts.json}: readable for people, loadable for a catalogue. */
final class FactsFile {

  private static final String NOTE =
      "Loaded by ModelCatalog.withFacts. What a run adds here it has measured on its own clip, and"
          + " each entry says so. A success proves that something is accepted, never that its"
          + " opposite is refused, so a run adds no rules: add those by hand, from the provider's own"
          + " words, as \"CODE\": {\"certainty\": \"stated\", \"source\": \"who said so, where and"
          + " when\"}.";

  private final Map<String, @Nullable Object> tree = new LinkedHashMap<>();
  private final Map<String, Object> cost = new LinkedHashMap<>();
  private final Notebook notes;

  FactsFile(Notebook notes) {
    this.notes = notes;
  }

  void about(
      Instant at, ProviderAccount account, GenerationRequest request, String sha256, Quote quote) {
    tree.put("at", at.toString());
    tree.put("provider", account.provider());
    tree.put("base_url", account.baseUrl());
    tree.put("account", account.fingerprint());
    tree.put("model", request.model().id());
    tree.put("request", request.draft().toMap());
    tree.put("request_sha256", sha256);
    cost.put("quote", quote.toString());
    cost.put("hold", quote.hold().toString());
    cost.put("tariff_of", quote.tariffDate().toString());
    tree.put("cost", cost);
  }

  /** What the spending file counts for it. */
  void counted(Money amount, String basis) {
    cost.put("counted", amount.toString());
    cost.put("basis", basis);
  }

  /** Writes it whole, under that name or the next free one, which is returned. */
  Path write(Path wanted, LiveEnd.Kind kind, String what) throws IOException {
    tree.put("end", kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    tree.put("what", what);
    tree.put(
        "checks",
        notes.checks().stream()
            .map(
                check -> {
                  Map<String, Object> line = new LinkedHashMap<>();
                  line.put("rule", check.rule());
                  line.put("held", check.held());
                  line.put("seen", check.seen());
                  return line;
                })
            .toList());
    tree.put("seen", notes.seen());
    tree.put("open_questions", OpenQuestions.answers(notes));
    tree.put("catalogue", catalogue());
    return Durable.writeBeside(wanted, pretty(notes.secrets().hidden(tree), "") + "\n");
  }

  private Map<String, Object> catalogue() {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("rules", Map.of());
    String source =
        "live run of " + tree.get("at") + " at " + tree.get("base_url") + ", measured on its clip";
    if (notes.seen("ratio_made", "false").equals("true")) {
      model.put(
          "frame_sizes",
          Map.of(
              OneClip.RESOLUTION.value(),
              Map.of(
                  OneClip.RATIO.value(), sourced("size", notes.seen("picture_size", ""), source))));
    }
    if (notes.seen().get("frames_per_second") instanceof Long frames) {
      model.put("frames_per_second", sourced("value", frames, source));
    }
    Map<String, Object> catalogue = new LinkedHashMap<>();
    catalogue.put("note", NOTE);
    catalogue.put("models", Map.of(OneClip.MODEL.value(), model));
    return catalogue;
  }

  private static Map<String, Object> sourced(String name, Object value, String source) {
    Map<String, Object> fact = new LinkedHashMap<>();
    fact.put(name, value);
    fact.put("source", source);
    return fact;
  }

  /** A line for each value: people read and mend this file. */
  private static String pretty(@Nullable Object tree, String indent) {
    String deeper = indent + "  ";
    if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
      List<String> lines =
          map.entrySet().stream()
              .map(
                  field ->
                      deeper
                          + JsonWriter.write(field.getKey())
                          + ": "
                          + pretty(field.getValue(), deeper))
              .toList();
      return "{\n" + String.join(",\n", lines) + "\n" + indent + "}";
    }
    if (tree instanceof List<?> list && !list.isEmpty()) {
      List<String> lines = list.stream().map(each -> deeper + pretty(each, deeper)).toList();
      return "[\n" + String.join(",\n", lines) + "\n" + indent + "]";
    }
    return JsonWriter.write(tree);
  }
}
