package io.github.seedance4j.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingTest {

  private static final RequestRules RULES = RequestRules.of(ModelCatalog.tokenHub());

  @Test
  void isAnEntryForPrograms() {
    assertThat(Finding.of(Rule.PROMPT_REQUIRED, "").entry()).isEqualTo("prompt-required");
    assertThat(Finding.of(Rule.URL_INVALID, "image_urls[2]").entry())
        .isEqualTo("url-invalid:image_urls[2]");
  }

  @Test
  void standsAtAFieldOfAForm() {
    assertThat(Finding.of(Rule.PROMPT_REQUIRED, "").field()).isEqualTo("prompt");
    assertThat(Finding.of(Rule.URL_INVALID, "image_url").field()).isEqualTo("image_url");
    assertThat(Finding.of(Rule.AUDIO_WITHOUT_VISUAL, "").field()).isEmpty();
  }

  @Test
  void saysWhatWasGivenAndWhatIsAllowed() {
    Finding finding = new Finding(Rule.DURATION_OUT_OF_RANGE, "", "20", "4–15");

    assertThat(finding.message(Locale.ENGLISH))
        .isEqualTo("The length in seconds is out of range. Given: 20. Allowed: 4–15.");
    assertThat(finding.message(Locale.FRENCH))
        .isEqualTo(
            "La durée en secondes est hors limites. Valeur donnée : 20. Valeurs admises : 4–15.");
    assertThat(finding.message(Locale.SIMPLIFIED_CHINESE)).isEqualTo("时长（秒）超出范围。 给出：20。 允许：4–15。");
    assertThat(finding)
        .hasToString(
            "duration-out-of-range – The length in seconds is out of range. Given: 20. Allowed: 4–15.");
    assertThat(Finding.of(Rule.PROMPT_REQUIRED, "").message(Locale.ROOT))
        .isEqualTo("Describe the video in a prompt.");
  }

  @Test
  void shortensAndCleansWhatItShows() {
    String hostile =
        "a\u0000b\n\u001b[31m\u202egnp\u2028\u2029\u0085\uD800\u200b" + "\uD83D\uDE00".repeat(80);
    Finding finding = new Finding(Rule.FIELD_UNKNOWN, hostile, hostile, null);

    assertThat(finding.path()).isEqualTo("a b  [31m gnp     " + "\uD83D\uDE00".repeat(80));
    assertThat(finding.given()).isEqualTo("a b  [31m gnp     " + "\uD83D\uDE00".repeat(62) + "…");
    assertThat(new Finding(Rule.FIELD_TYPE, "p".repeat(200), "g".repeat(80), null))
        .isEqualTo(new Finding(Rule.FIELD_TYPE, "p".repeat(200), "g".repeat(80), null))
        .extracting(Finding::path, Finding::given)
        .containsExactly("p".repeat(200), "g".repeat(80));
    assertThat(Finding.of(Rule.FIELD_TYPE, "p".repeat(201)).path())
        .isEqualTo("p".repeat(200) + "…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:secret@host/a",
        "https://user:sec@secret@host/a",
        "https://user:sec/secret@host/a",
        "https://user:sec//secret@host/a",
        "user:secret@host/a",
        "https:secret@host/a",
        "@host/a secret@host/a",
      })
  void neverRepeatsAPassword(String url) {
    List<Finding> violations = RULES.judge(Drafts.with("image_url", url)).violations();

    assertThat(violations).extracting(Finding::entry).containsExactly("url-invalid:image_url");
    assertThat(violations).extracting(Finding::given).containsExactly("…@host/a");
  }

  @Test
  void repeatsAnAddressWithoutAPassword() {
    assertThat(RULES.judge(Drafts.with("image_url", "portrait.jpg")).violations())
        .containsExactly(new Finding(Rule.URL_INVALID, "image_url", "portrait.jpg", null));
  }

  @Test
  void wantsARuleAndAPath() {
    assertThatNullPointerException().isThrownBy(() -> Finding.of(null, "")).withMessage("rule");
    assertThatNullPointerException()
        .isThrownBy(() -> Finding.of(Rule.FIELD_TYPE, null))
        .withMessage("path");
  }
}
