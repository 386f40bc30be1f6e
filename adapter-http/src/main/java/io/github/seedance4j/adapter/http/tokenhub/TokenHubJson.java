package io.github.seedance4j.adapter.http.tokenhub;

import io.github.seedance4j.error.InvalidRequestException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as TokenHub speaks it: written so that equal requests are equal bytes, read with limits. */
final class TokenHubJson {

  private static final int DEPTH = 64;
  private static final long DOCUMENT = 1 << 20;
  private static final int STRING = 256 * 1024;
  private static final int NUMBER = 64;
  private static final int NAME = 1024;
  private static final long TOKENS = 100_000;

  /** Figures with more digits or zeros are no figures of ours, and slow to reckon with. */
  private static final int DIGITS = 18;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxDocumentLength(DOCUMENT)
                          .maxStringLength(STRING)
                          .maxNumberLength(NUMBER)
                          .maxNameLength(NAME)
                          .maxTokenCount(TOKENS)
                          .build())
                  .build())
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          // an id that was paid for counts, whatever trails behind it
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private TokenHubJson() {}

  /**
   * @throws InvalidRequestException if it can't be written, such as half of a surrogate pair
   */
  static byte[] write(Map<String, Object> tree) {
    try {
      return MAPPER.writeValueAsBytes(tree);
    } catch (JacksonException e) {
      throw new InvalidRequestException(
          "the request can't be written as JSON: " + e.getOriginalMessage(), null);
    }
  }

  /** The object in that text; empty for anything else, broken or beyond the limits. */
  static Optional<JsonNode> readObject(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node != null && node.isObject() ? Optional.of(node) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** A string that says something, as it is; null for every other type. */
  static @Nullable String text(JsonNode node) {
    return node.isString() && !node.stringValue().isBlank() ? node.stringValue() : null;
  }

  /** A string or a number, as text. */
  static @Nullable String word(JsonNode node) {
    return node.isIntegralNumber() ? node.asString() : text(node);
  }

  /** A number of sensible size; null for every other. */
  static @Nullable BigDecimal number(JsonNode node) {
    if (!node.isNumber()) {
      return null;
    }
    BigDecimal number = node.decimalValue();
    boolean sensible = Math.abs((long) number.scale()) <= DIGITS && number.precision() <= DIGITS;
    return sensible ? number : null;
  }
}
