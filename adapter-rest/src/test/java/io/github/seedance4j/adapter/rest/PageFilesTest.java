package io.github.seedance4j.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.rest.GatewayBench.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the studio page, and how they are served; what they do is tried in a browser. */
class PageFilesTest {

  private static final int MOST_BYTES = 150_000;
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "svg", "image/svg+xml;charset=utf-8");

  /** What the policy would refuse, or would leave the machine. */
  private static final Pattern INLINE_OR_ELSEWHERE =
      Pattern.compile(
          "<script(?![^>]* src=\"assets/)|<style|\\sstyle=|\\son[a-z]+=\"|javascript:"
              + "|(?:src|href|url\\()[\"'=( ]*(?:https?:)?//|@import|innerHTML|outerHTML"
              + "|insertAdjacentHTML|document\\.write|\\beval\\(|new Function|localStorage"
              + "|sessionStorage|indexedDB|document\\.cookie");

  @TempDir private Path folder;

  @Test
  void areServedWithTheirTypeUnderAStrictPolicy() throws Exception {
    try (GatewayBench bench = GatewayBench.open(folder)) {
      GatewayBench.Client nobody = bench.new Client("");
      for (Path file : files()) {
        String name = file.getFileName().toString();
        Answer answer = nobody.get(name.equals("index.html") ? "/" : "/assets/" + name);

        assertThat(answer.status()).as(name).isEqualTo(200);
        assertThat(answer.response().body()).as(name).isEqualTo(Files.readAllBytes(file));
        assertThat(answer.header("Content-Type").replace(" ", ""))
            .as(name)
            .isEqualTo(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
        assertThat(answer.header("Content-Security-Policy"))
            .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
            .contains("require-trusted-types-for 'script'")
            .doesNotContain("unsafe", "*", "http", "data:");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Permissions-Policy")).contains("camera=()");
      }
    }
  }

  @Test
  void areNotSentAgainToWhoHasThem() {
    try (GatewayBench bench = GatewayBench.open(folder)) {
      GatewayBench.Client nobody = bench.new Client("");
      String tag = nobody.get("/assets/main.js").header("ETag");

      Answer again = nobody.get("/assets/main.js", "If-None-Match", "\"other\", W/" + tag);

      assertThat(again.status()).isEqualTo(304);
      assertThat(again.response().body()).isEmpty();
      assertThat(again.header("ETag")).isEqualTo(tag);
      assertThat(nobody.get("/assets/main.js", "If-None-Match", "\"other\"").status())
          .isEqualTo(200);
    }
  }

  @Test
  void areAllThatIsServed() {
    try (GatewayBench bench = GatewayBench.open(folder)) {
      GatewayBench.Client nobody = bench.new Client("");
      for (String name :
          List.of("Page.class", "index.html", "none.js", "..%2FGateway.js", "%2e%2e", "main.js.")) {
        Answer answer = nobody.get("/assets/" + name);
        assertThat(answer.status()).as(name).isBetween(400, 404);
        assertThat(answer.header("Content-Type")).as(name).isEqualTo("application/problem+json");
      }
    }
  }

  @Test
  void areSmallAndHoldNothingInlineOrFromElsewhere() throws Exception {
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
      String text = Files.readString(file).replace("http://www.w3.org/", "");
      Matcher bad = INLINE_OR_ELSEWHERE.matcher(text);
      assertThat(bad.find() ? bad.group() : "").as(file.getFileName().toString()).isEmpty();
      assertThat(text.lines().count()).as(file.getFileName().toString()).isLessThan(450);
    }
    assertThat(bytes).isLessThan(MOST_BYTES);
  }

  @Test
  void sayTheSameInEveryLanguage() throws Exception {
    Map<String, String> english = words("en");

    for (String language : List.of("fr", "zh")) {
      Map<String, String> other = words(language);
      assertThat(other.keySet()).as(language).isEqualTo(english.keySet());
      other.forEach(
          (key, text) ->
              assertThat(holes(text)).as(language + " " + key).isEqualTo(holes(english.get(key))));
    }
  }

  @Test
  void nameOnlyTextsThatThereAre() throws Exception {
    Map<String, String> english = words("en");
    for (Path file : files()) {
      Matcher use = Pattern.compile("\\bt\\('([a-z][\\w.-]+)'").matcher(Files.readString(file));
      while (use.find()) {
        assertThat(english).as(file.getFileName().toString()).containsKey(use.group(1));
      }
    }
  }

  private static TreeSet<String> holes(String text) {
    return Pattern.compile("\\{\\w+}")
        .matcher(text)
        .results()
        .map(hole -> hole.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, String> words(String language) throws Exception {
    String text = Files.readString(folder().resolve("words-" + language + ".js"));
    return Pattern.compile("'([a-z][\\w.-]*)': (\\{(?:\\w+: '[^']*'(?:, )?)+\\}|'[^']*')")
        .matcher(text)
        .results()
        .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
  }

  private static List<Path> files() throws IOException, URISyntaxException {
    try (Stream<Path> all = Files.list(folder())) {
      return all.filter(file -> !file.toString().endsWith(".class")).sorted().toList();
    }
  }

  private static Path folder() throws URISyntaxException {
    URI index =
        Objects.requireNonNull(
                PageFilesTest.class.getResource("page/index.html"), "page/index.html")
            .toURI();
    return Objects.requireNonNull(Path.of(index).getParent());
  }
}
