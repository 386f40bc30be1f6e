package io.github.seedance4j.adapter.http.tokenhub;

import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.RequestRules;
import java.util.Map;
import java.util.Set;

/** Valid requests for these tests. */
final class Requests {

  private static final RequestRules RULES = RequestRules.of(ModelCatalog.tokenHub());

  private Requests() {}

  static GenerationRequest prompt(String prompt) {
    return of(Map.of("model", "doubao-seedance-2.0", "prompt", prompt));
  }

  static GenerationRequest of(Map<String, Object> tree, String... extras) {
    return RULES.judge(GenerationDraft.read(tree, Set.of(extras))).request().orElseThrow();
  }
}
