package io.github.seedance4j.request;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;

/** TokenHub's catalogue with lines of it replaced, for tests. */
public final class Catalogs {

  private Catalogs() {}

  /** The built-in catalogue, with these lines instead of those of the same keys. */
  public static ModelCatalog with(String... lines) {
    try {
      return ModelCatalog.read(new StringReader(text(lines)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(String... lines) {
    String text;
    try (InputStream in = ModelCatalog.class.getResourceAsStream("tokenhub-models.properties")) {
      text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String line : lines) {
      String key = Pattern.quote(line.split("=", 2)[0].strip());
      text = text.replaceAll("(?m)^" + key + " *=.*$", "") + "\n" + line;
    }
    return text;
  }
}
