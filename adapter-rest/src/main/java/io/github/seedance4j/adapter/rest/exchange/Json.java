package io.github.seedance4j.adapter.rest.exchange;

import io.github.seedance4j.request.GenerationDraft;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON to plain trees and back: maps, lists, strings, exact decimals, booleans and nulls. Reading
 * is bounded, and a key that is there twice becomes {@link GenerationDraft#REPEATED}. Thread-safe.
 */
public final class Json {

  /** The format of all answers but problems, files and streams. */
  public static final String CONTENT_TYPE = "application/json";

  private static final int DEEPEST = 64;
  private static final int LONGEST_NUMBER = 1_000;
  private static final int LONGEST_NAME = 1_000;
  private static final long MOST_TOKENS = 100_000;

  /** Bodies are bounded by the server; a picture within one may be all of it. */
  private static final int LONGEST_TEXT = 64 * 1024 * 1024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxNameLength(LONGEST_NAME)
                  .maxTokenCount(MOST_TOKENS)
                  .maxStringLength(LONGEST_TEXT)
                  .build())
          .build();

  private Json() {}

  /**
   * A body as a draft; what can't be read becomes a problem of the draft.
   *
   * @param extras fields outside the guide that are let through
   */
  public static GenerationDraft draft(byte[] utf8, Set<String> extras) {
    Object tree;
    try {
      tree = read(utf8);
    } catch (Unreadable e) {
      return GenerationDraft.unreadable(e.what);
    }
    return tree instanceof Map<?, ?> object
        ? GenerationDraft.read(object, extras)
        : GenerationDraft.unreadable("not an object");
  }

  /**
   * A body that has to be an object.
   *
   * @throws Refusal if it is none
   */
  public static Map<?, ?> object(byte[] utf8) {
    String what = "not an object";
    try {
      if (read(utf8) instanceof Map<?, ?> object) {
        return object;
      }
    } catch (Unreadable e) {
      what = e.what;
    }
    String message = "The request is no JSON object: " + what + ".";
    throw Problem.of(List.of(new Problem.Violation("request-unreadable", "", message))).refusal();
  }

  private static @Nullable Object read(byte[] utf8) throws Unreadable {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new Unreadable("empty");
      }
      Object value = value(parser, first);
      if (parser.nextToken() != null) {
        throw new Unreadable("more after the end");
      }
      return value;
    } catch (JacksonException e) {
      // without the text itself, which may hold what is not to be repeated
      TokenStreamLocation at = e.getLocation();
      throw new Unreadable(
          at == null
              ? "too deep or too long"
              : "line " + at.getLineNr() + ", column " + at.getColumnNr());
    }
  }

  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;
    private final String what;

    private Unreadable(String what) {
      super(what, null, false, false);
      this.what = what;
    }
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IllegalStateException("a complete parser gave " + token);
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Object value = value(parser, parser.nextToken());
      object.put(key, object.containsKey(key) ? GenerationDraft.REPEATED : value);
    }
    return object;
  }

  private static List<@Nullable Object> list(JsonParser parser) {
    List<@Nullable Object> list = new ArrayList<>();
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      list.add(value(parser, token));
      token = parser.nextToken();
    }
    return list;
  }

  /** The exact number; infinity, which no field takes, for an exponent beyond all measure. */
  private static Number number(JsonParser parser) {
    try {
      return new BigDecimal(parser.getString());
    } catch (NumberFormatException beyond) {
      return Double.POSITIVE_INFINITY;
    }
  }

  /** A small object, whose members stay in that order: name, value, name, value. */
  public static Map<String, Object> tree(Object... members) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      tree.put((String) members[i], members[i + 1]);
    }
    return tree;
  }

  /** One line. */
  public static String text(Object tree) {
    return new String(write(tree), StandardCharsets.UTF_8);
  }

  /** One line, in UTF-8. */
  public static byte[] write(Object tree) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      write(generator, tree);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator generator, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      generator.writeStartObject();
      map.forEach(
          (key, entry) -> {
            generator.writeName(whole(String.valueOf(key)));
            write(generator, entry);
          });
      generator.writeEndObject();
    } else if (value instanceof List<?> list) {
      generator.writeStartArray();
      list.forEach(entry -> write(generator, entry));
      generator.writeEndArray();
    } else if (value instanceof BigDecimal number) {
      generator.writeNumber(number.toPlainString());
    } else if (value instanceof Integer || value instanceof Long) {
      generator.writeNumber(((Number) value).longValue());
    } else if (value instanceof Boolean flag) {
      generator.writeBoolean(flag);
    } else if (value == null) {
      generator.writeNull();
    } else {
      generator.writeString(whole(value.toString()));
    }
  }

  /** Half of a surrogate pair can't be written in UTF-8, and may have come in escaped. */
  private static String whole(String text) {
    return text.chars().noneMatch(c -> Character.isSurrogate((char) c))
        ? text
        : text.codePoints()
            .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }
}
