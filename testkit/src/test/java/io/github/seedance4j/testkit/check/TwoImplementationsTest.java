package io.github.seedance4j.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.request.Finding;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.request.Strictness;
import io.github.seedance4j.testkit.generate.Seeds;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The product's rules and the fake's checks were written apart. Over many random requests, sensible
 * and hostile, they must say the same.
 */
class TwoImplementationsTest {

  private static final int REQUESTS = 40_000;
  private final RequestRules rules = RequestRules.of(ModelCatalog.tokenHub());

  @Test
  void agreeOnRandomRequests() {
    Seeds.check(REQUESTS, drafts -> agree(drafts.tree()));
  }

  @Test
  void agreeOnValidAndBrokenRequests() {
    Seeds.check(
        REQUESTS / 4,
        drafts -> {
          agree(drafts.validTree());
          Map<String, @Nullable Object> broken = drafts.broken().tree();
          if (!broken.containsValue(GenerationDraft.REPEATED)) { // which their reader reports
            agree(broken);
          }
        });
  }

  private void agree(Map<String, @Nullable Object> request) {
    for (Strictness strictness : Strictness.values()) {
      Enforcement enforcement =
          strictness == Strictness.STRICT ? Enforcement.ALL : Enforcement.STATED;
      SortedSet<String> theirs = RequestChecks.violations(request, enforcement);
      SortedSet<String> ours =
          rules.judge(GenerationDraft.read(request), strictness).violations().stream()
              .map(Finding::entry)
              .collect(Collectors.toCollection(TreeSet::new));
      if (!ours.equals(theirs)) { // describing each of them would take most of the time
        assertThat(ours).as("%s: %s", strictness, request).isEqualTo(theirs);
      }
    }
  }
}
