package io.github.seedance4j.testkit.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.pricing.Tariff;
import io.github.seedance4j.request.Certainty;
import io.github.seedance4j.request.Finding;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.RequestRules;
import io.github.seedance4j.request.Rule;
import io.github.seedance4j.request.Strictness;
import io.github.seedance4j.task.ClipLength;
import io.github.seedance4j.testkit.json.JsonReader;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the core must do with every draft that the generators draw. */
class DraftsTest {

  private static final RequestRules RULES = RequestRules.of(ModelCatalog.tokenHub());
  private static final Tariff TARIFF = Tariff.tokenHub();

  static Set<Rule> breakable() {
    return Drafts.breakable();
  }

  private static GenerationRequest request(GenerationDraft draft) {
    return RULES.judge(draft).request().orElseThrow(() -> new AssertionError(draft.toMap()));
  }

  @Test
  void findNoFaultWithAValidDraft() {
    Seeds.check(
        5_000,
        drafts -> {
          GenerationDraft draft = drafts.valid();
          for (Strictness strictness : Strictness.values()) {
            assertThat(RULES.judge(draft, strictness).violations())
                .as("%s: %s", strictness, draft.toMap())
                .isEmpty();
          }
        });
  }

  @ParameterizedTest
  @MethodSource("breakable")
  void reportTheRuleThatADraftWasBrokenBy(Rule rule) {
    Seeds.check(
        200,
        drafts -> {
          BrokenDraft broken = drafts.broken(rule);
          assertThat(RULES.judge(broken.draft()).violations())
              .as(() -> broken.tree().toString())
              .extracting(Finding::rule)
              .contains(rule);
        });
  }

  @Test
  void knowAWayToBreakEveryRule() {
    Set<Rule> rejecting = EnumSet.noneOf(Rule.class);
    Arrays.stream(Rule.values())
        .filter(rule -> rule.usualCertainty() != Certainty.ADVICE)
        .forEach(rejecting::add);
    rejecting.remove(Rule.REQUEST_UNREADABLE); // no tree at all

    assertThat(Drafts.breakable()).containsExactlyInAnyOrderElementsOf(rejecting);
    assertThatThrownBy(() -> new Drafts(new Random(1)).broken(Rule.MANY_FILES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rule: no draft can be made to break it: many-files");
  }

  @Test
  void surviveTheWayToAMapAndToTextAndBack() {
    Seeds.check(
        3_000,
        drafts -> {
          GenerationDraft draft = drafts.valid();
          GenerationDraft again = GenerationDraft.read(draft.toMap());
          assertThat(again).isEqualTo(draft).hasSameHashCodeAs(draft);
          assertThat(again.canonical()).isEqualTo(draft.canonical());
          assertThat(draft.toBuilder().build()).isEqualTo(draft);
          Map<?, ?> parsed = (Map<?, ?>) JsonReader.read(draft.canonical()).tree();
          assertThat(GenerationDraft.read(parsed)).isEqualTo(draft);
        });
  }

  @Test
  void arePricedFromLowToHold() {
    Seeds.check(
        3_000,
        drafts -> {
          GenerationRequest request = request(drafts.valid());
          Quote quote = TARIFF.quote(request);
          assertThat(quote.low()).as("%s", request.draft().toMap()).isGreaterThan(Money.usd("0"));
          assertThat(quote.low()).isLessThanOrEqualTo(quote.high());
          assertThat(quote.high()).isLessThanOrEqualTo(quote.hold());
          assertThat(quote.isExact()).isEqualTo(request.inputSeconds().isPresent());
          assertThat(TARIFF.quote(request(GenerationDraft.read(request.draft().toMap()))))
              .isEqualTo(quote);
        });
  }

  @Test
  void areSettledWithinTheirHold() {
    Seeds.check(
        3_000,
        drafts -> {
          GenerationRequest request = request(drafts.valid());
          ClipLength real = new ClipLength(request.duration().longValueExact() * 24 + 1, 24);
          assertThat(TARIFF.quote(request).settle(real).amount())
              .as("%s", request.draft().toMap())
              .isBetween(TARIFF.quote(request).low(), TARIFF.quote(request).hold());
        });
  }

  @Test
  void areTheSameFromTheSameSeed() {
    Drafts first = new Drafts(new Random(7));
    Drafts second = new Drafts(new Random(7));
    for (int i = 0; i < 100; i++) {
      assertThat(first.valid()).isEqualTo(second.valid());
      assertThat(first.broken()).isEqualTo(second.broken());
      assertThat(first.tree()).isEqualTo(second.tree());
    }
  }

  @Test
  void goUpToEveryLimit() {
    Drafts drafts = new Drafts(new Random(1));
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 4_000; i++) {
      GenerationRequest request = request(drafts.valid());
      seen.add(request.model().id());
      seen.add(request.inputMode().getClass().getSimpleName());
      seen.add(request.resolution() + " " + request.aspectRatio());
      seen.add(request.duration().toPlainString() + " s");
      seen.add(request.videoCount() + " videos");
      seen.add(request.inputSeconds().map(s -> s.toPlainString() + " s in").orElse("undeclared"));
      request.advice().forEach(advice -> seen.add(advice.rule().code()));
    }
    assertThat(seen)
        .contains("doubao-seedance-2.0", "doubao-seedance-2.0-fast", "TextOnly", "FirstFrame")
        .contains("FirstAndLastFrame", "References", "720p adaptive", "480p 21:9", "4 s", "15 s")
        .contains("0 videos", "3 videos", "15.2 s in", "undeclared", "many-files", "prompt-long")
        .contains("flat-and-content-mixed", "singular-and-plural-mixed", "url-scheme-unconfirmed")
        .contains("input-video-near-limit", "video-durations-redundant", "prompt-inline-parameter");
  }
}
