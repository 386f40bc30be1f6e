package io.github.seedance4j.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import jakarta.validation.Constraint;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "_fr", "_zh"})
  void holdATextForEveryRuleAndNothingElse(String suffix) {
    Set<String> names = Arrays.stream(Rule.values()).map(Rule::code).collect(Collectors.toSet());
    names.addAll(List.of("invalid", "given", "allowed", "end"));

    Properties texts = file(suffix);

    assertThat(texts.stringPropertyNames())
        .isEqualTo(names.stream().map(Texts::key).collect(Collectors.toSet()));
    assertThat(texts.values()).doesNotHaveDuplicates();
    texts
        .values()
        .forEach(
            text ->
                assertThat((String) text).isNotBlank().doesNotContainPattern("[{}$\\\\\\uFFFD]"));
  }

  @Test
  void areTranslatedAndEndAsSentencesDo() {
    Properties english = file("");
    Properties french = file("_fr");
    Properties chinese = file("_zh");
    for (Rule rule : Rule.values()) {
      String key = Texts.key(rule.code());
      assertThat(english.getProperty(key)).as(key).endsWith(".").matches("[\\x20-\\x7e]+");
      assertThat(french.getProperty(key))
          .as(key)
          .endsWith(".")
          .isNotEqualTo(english.getProperty(key));
      assertThat(chinese.getProperty(key))
          .as(key)
          .endsWith("。")
          .containsPattern("[\\u4e00-\\u9fff]");
    }
  }

  @Test
  void areAllKnownAsTranslations() throws IOException, URISyntaxException {
    Path directory =
        Path.of(Texts.class.getResource("/ContributorValidationMessages.properties").toURI())
            .getParent();
    Set<String> languages = new HashSet<>();
    try (Stream<Path> files = Files.list(directory)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("ContributorValidationMessages_.*"))
          .forEach(name -> languages.add(name.replaceAll(".*_|\\..*", "")));
    }
    // English is the root bundle; its own file only keeps a JVM from answering in its language
    assertThat(languages.remove("en")).isTrue();

    assertThat(languages).isEqualTo(Texts.TRANSLATIONS);
  }

  @Test
  void fallBackToEnglishWhateverTheMachineSpeaks() {
    assertThat(Texts.get("prompt-required", Locale.JAPANESE))
        .isEqualTo(Texts.get("prompt-required", Locale.ROOT))
        .isEqualTo("Describe the video in a prompt.");
    assertThat(Texts.get("prompt-required", Locale.CANADA_FRENCH))
        .isEqualTo("Décrivez la vidéo dans un prompt.");
    assertThat(Texts.get("prompt-required", Locale.TRADITIONAL_CHINESE)).isEqualTo("请用提示词描述视频。");
    assertThat(Texts.get("prompt-required", new Locale("../../x"))).startsWith("Describe");
    assertThatNullPointerException()
        .isThrownBy(() -> Texts.get("nothing", Locale.ROOT))
        .withMessage("nothing");
  }

  @Test
  void areFoundFromANamedModule() throws ReflectiveOperationException, URISyntaxException {
    ModuleFinder finder =
        ModuleFinder.of(
            Path.of(Texts.class.getProtectionDomain().getCodeSource().getLocation().toURI()),
            Path.of(Constraint.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    Configuration modules =
        ModuleLayer.boot()
            .configuration()
            .resolve(finder, ModuleFinder.of(), Set.of("io.github.seedance4j.core"));
    ClassLoader loader =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(modules, ClassLoader.getPlatformClassLoader())
            .findLoader("io.github.seedance4j.core");

    Class<?> draft = loader.loadClass(GenerationDraft.class.getName());
    assertThat(draft.getModule().isNamed()).isTrue();
    Object unreadable = draft.getMethod("unreadable", String.class).invoke(null, "x");
    Object problem = ((List<?>) draft.getMethod("problems").invoke(unreadable)).get(0);
    assertThat(problem.getClass().getMethod("message", Locale.class).invoke(problem, Locale.FRENCH))
        .isEqualTo("La requête n'est pas un objet JSON. Valeur donnée : x.");
    Object catalog =
        loader.loadClass(ModelCatalog.class.getName()).getMethod("tokenHub").invoke(null);
    assertThat(catalog.getClass().getMethod("provider").invoke(catalog)).isEqualTo("TokenHub");
  }

  private static Properties file(String suffix) {
    try (InputStream in =
        Objects.requireNonNull(
            Texts.class.getResourceAsStream(
                "/ContributorValidationMessages" + suffix + ".properties"))) {
      byte[] bytes = in.readAllBytes();
      for (byte b : bytes) {
        assertThat(b).as("plain ASCII: some readers take it for ISO 8859-1").isPositive();
      }
      Properties texts = new Properties();
      texts.load(new java.io.ByteArrayInputStream(bytes));
      return texts;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
