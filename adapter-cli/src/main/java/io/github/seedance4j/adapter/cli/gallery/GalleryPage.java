package io.github.seedance4j.adapter.cli.gallery;

import io.github.seedance4j.adapter.cli.digest.Sha256;
import io.github.seedance4j.adapter.cli.gallery.Gallery.Card;
import io.github.seedance4j.adapter.cli.gallery.Gallery.Tone;
import io.github.seedance4j.adapter.cli.gallery.Gallery.Total;
import io.github.seedance4j.adapter.cli.gallery.Gallery.Way;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Writes a {@link Gallery} as one HTML page: no script, nothing from elsewhere but the clips beside
 * it, and a policy in it that lets browsers hold it to that.
 */
public final class GalleryPage {

  /** Stands in every page of ours, and in the first hundred bytes of no other. */
  public static final String MARKER = "<!-- made by 'seedance report', which may overwrite it -->";

  private static final int SHORT_PROMPT = 220;
  private static final String SHEET = sheet();

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final Gallery gallery;
  private final Html html = new Html();

  private GalleryPage(Gallery gallery) {
    this.gallery = gallery;
  }

  /** The whole page, to be encoded as UTF-8. */
  public static String of(Gallery gallery) {
    return new GalleryPage(gallery).page();
  }

  private String page() {
    html.open("html", "lang", "en").line();
    head();
    html.open("body").line();
    html.open("header");
    html.element("p", "seedance report", "class", "brand");
    html.element("h1", gallery.title(), "dir", "auto");
    html.element("p", gallery.subtitle(), "class", "quiet").close().line();
    html.open("main").line();
    if (gallery.cards().isEmpty()) {
      empty();
    } else {
      totals();
      attention();
      plots();
      cards();
    }
    html.close().line();
    html.open("footer", "class", "quiet");
    html.text("Written ").open("time", "datetime", second(gallery.written()));
    html.text(MINUTE.format(gallery.written()) + " UTC").close();
    html.text(" from the journal, as it was then. ").text(links()).close().line();
    return html.close().line().close().line().page(MARKER);
  }

  private String links() {
    long outside =
        gallery.cards().stream()
            .map(Card::link)
            .filter(link -> link != null && link.startsWith("../"))
            .count();
    return outside == 0
        ? "Clips are linked where they lie beside this page: the folder can be moved as a whole."
        : (outside == 1 ? "One clip lies" : outside + " clips lie")
            + " outside this page's folder, and won't be found once that is moved.";
  }

  private void head() {
    html.open("head").line();
    html.open("meta", "charset", "utf-8").line();
    html.open(
            "meta",
            "http-equiv",
            "Content-Security-Policy",
            "content",
            "default-src 'none'; style-src 'sha256-"
                + Base64.getEncoder().encodeToString(Sha256.bytes(SHEET))
                + "'; media-src 'self' file:; base-uri 'none'; form-action 'none'")
        .line();
    html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").line();
    html.open("meta", "name", "referrer", "content", "no-referrer").line();
    html.open("meta", "name", "color-scheme", "content", "light dark").line();
    html.element("title", gallery.title() + " – seedance report").line();
    html.style(SHEET).close().line();
  }

  private void empty() {
    html.open("section", "class", "empty");
    html.element("h2", "Nothing to show yet");
    html.element("p", gallery.more());
    for (String begin : gallery.begin()) {
      html.open("p");
      command(begin);
      html.close();
    }
    html.close().line();
  }

  private void totals() {
    html.open("dl", "class", "totals").line();
    for (Total total : gallery.totals()) {
      html.open("div").element("dt", total.name());
      html.element("dd", total.value(), "class", "value");
      html.element("dd", total.detail(), "class", "quiet").close().line();
    }
    html.close().line();
  }

  private void attention() {
    if (gallery.attention().isEmpty()) {
      return;
    }
    html.open("section", "class", "attention", "aria-label", "What waits for you").open("ul");
    for (Way way : gallery.attention()) {
      html.open("li").element("a", way.what(), "href", "#without").text(" ");
      command(way.command());
      html.close();
    }
    html.close().close().line();
  }

  private void plots() {
    html.open("section", "class", "plots", "aria-label", "Plots").line();
    SpendCurve curve = gallery.spending();
    if (curve != null) {
      SpendPlot plot = new SpendPlot(curve);
      html.open("figure").element("h2", plot.title()).line();
      plot.draw(html);
      html.open("figcaption").open("p", "class", "legend");
      key("sure", "known");
      key("unsure", "held or unconfirmed");
      html.close().element("p", plot.alternative()).close().close().line();
    }
    if (!gallery.waits().isEmpty()) {
      WaitPlot plot = new WaitPlot(gallery.waits());
      html.open("figure").element("h2", "Waiting times").line();
      plot.draw(html);
      html.open("figcaption").open("p", "class", "legend");
      key("clips", "with a clip");
      if (plot.hasOthers()) {
        key("others", "without");
      }
      html.close().element("p", plot.alternative()).close().close().line();
    }
    html.close().line();
  }

  private void key(String kind, String name) {
    html.open("span", "class", "key " + kind).close().element("span", name);
  }

  private void cards() {
    cards("Clips", "clips", gallery.cards().stream().filter(card -> card.link() != null).toList());
    cards(
        "Without a clip",
        "without",
        gallery.cards().stream().filter(card -> card.link() == null).toList());
    if (!gallery.more().isEmpty()) {
      html.element("p", gallery.more(), "class", "quiet more").line();
    }
  }

  private void cards(String name, String id, List<Card> cards) {
    if (cards.isEmpty()) {
      return;
    }
    html.open("section", "id", id, "aria-labelledby", id + "-name").line();
    html.element("h2", name, "id", id + "-name").line();
    html.open("div", "class", "cards").line();
    cards.forEach(this::card);
    html.close().close().line();
  }

  private void card(Card card) {
    html.open("article", "id", card.id());
    film(card);
    html.open("div", "class", "body");
    name(card);
    prompt(card.prompt());
    if (!card.facts().isEmpty()) {
      html.element("p", String.join(" · ", card.facts()), "class", "facts");
    }
    html.open("p", "class", "cost").element("b", card.cost());
    if (!card.quoted().isEmpty()) {
      html.text(" ").element("span", card.quoted(), "class", "quiet");
    }
    html.close();
    if (!card.why().isEmpty()) {
      html.element("p", card.why(), "class", "why", "dir", "auto");
    }
    ways(card.ways());
    html.open("p", "class", "marks");
    html.element("span", card.state(), "class", "state " + tone(card.tone()));
    if (card.label() != null) {
      html.element("bdi", card.label(), "class", "label");
    }
    html.element("time", MINUTE.format(card.asked()), "datetime", second(card.asked()));
    html.element("code", card.id(), "class", "id");
    html.close().close().close().line();
  }

  private void name(Card card) {
    if (card.name().isEmpty() && card.part().isEmpty()) {
      return;
    }
    html.open("p", "class", "name");
    if (!card.name().isEmpty()) {
      html.element("bdi", card.name());
    }
    if (!card.part().isEmpty()) {
      html.text(" ").element("span", card.part(), "class", "quiet");
    }
    html.close();
  }

  /** One is shown; several are folded away, as there is something to be thought over first. */
  private void ways(List<Way> ways) {
    if (ways.isEmpty()) {
      return;
    }
    boolean several = ways.size() > 1;
    if (several) {
      html.open("details", "class", "ways").element("summary", ways.size() + " ways out");
    }
    html.open("ul", "class", "ways");
    for (Way way : ways) {
      html.open("li").element("span", way.what());
      command(way.command());
      html.close();
    }
    html.close();
    if (several) {
      html.close();
    }
  }

  /** Broken into lines between its words only, and copied as it is. */
  private void command(String command) {
    html.open("code", "class", "command");
    String before = "";
    for (String word : command.split(" ", -1)) {
      html.text(before).element("span", word);
      before = " ";
    }
    html.close();
  }

  private void film(Card card) {
    if (card.link() == null) {
      html.element("h3", card.heading(), "class", "none " + tone(card.tone())).line();
      return;
    }
    html.open("div", "class", "film");
    html.open(
            "video",
            "controls",
            "",
            "preload",
            "metadata",
            "playsinline",
            "",
            "src",
            card.link(),
            "aria-label",
            "Clip: " + begin(card.prompt()))
        .close()
        .close()
        .line();
  }

  private void prompt(String prompt) {
    if (prompt.length() <= SHORT_PROMPT) {
      html.element("p", prompt, "class", "prompt", "dir", "auto");
      return;
    }
    html.open("details", "class", "prompt").element("summary", begin(prompt), "dir", "auto");
    html.element("p", prompt, "dir", "auto").close();
  }

  /** As much of a text as a card has room for. */
  private static String begin(String text) {
    if (text.length() <= SHORT_PROMPT) {
      return text;
    }
    int end = SHORT_PROMPT - 40;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + " …";
  }

  private static String tone(Tone tone) {
    return tone.name().toLowerCase(Locale.ROOT);
  }

  private static String second(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String sheet() {
    try (InputStream in = GalleryPage.class.getResourceAsStream("page.css")) {
      if (in == null) {
        throw new IllegalStateException("page.css is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
