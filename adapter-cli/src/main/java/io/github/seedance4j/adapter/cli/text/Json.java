package io.github.seedance4j.adapter.cli.text;

import io.github.seedance4j.request.GenerationDraft;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * JSON to plain trees and back: maps, lists, strings, exact decimals, booleans and nulls. Reading
 * is bounded in depth and length, and a key that is there twice becomes {@link
 * GenerationDraft#REPEATED} instead of its last value. Thread-safe.
 */
public final class Json {

  /** Upstream takes bodies of 64 MB; what is larger can't be meant. */
  public static final int LONGEST = 64 * 1024 * 1024;

  private static final String EMPTY = "empty";
  private static final String MORE = "more after the end";
  private static final String TOO_LARGE = "too deep or too long";

  private static final int DEEPEST = 64;
  private static final int LONGEST_NUMBER = 1_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxStringLength(LONGEST)
                  .maxDocumentLength(LONGEST)
                  .build())
          .build();

  private Json() {}

  /**
   * What a text came to.
   *
   * @param value the tree; null for JSON's null, and where there is a problem
   * @param problem why it is no JSON that is taken here, in a few words; null where it is
   */
  public record Document(@Nullable Object value, @Nullable String problem) {

    /** A draft of a line; what can't be read becomes a problem of the draft. */
    public GenerationDraft draft() {
      if (problem != null) {
        return GenerationDraft.unreadable(problem.replaceFirst("^line \\d+, ", ""));
      }
      return value instanceof Map<?, ?> tree
          ? GenerationDraft.read(tree)
          : GenerationDraft.unreadable("not an object");
    }
  }

  /** What a file holds instead of an object, as the end of a sentence; null for an object. */
  public static @Nullable String fault(Document document) {
    String problem = document.problem();
    if (problem != null) {
      return switch (problem) {
        case EMPTY -> "is empty";
        case MORE, TOO_LARGE -> "is no JSON that is taken here: " + problem;
        default -> "is no JSON: broken at " + problem;
      };
    }
    Object value = document.value();
    if (value instanceof Map<?, ?>) {
      return null;
    }
    String kind =
        value instanceof List<?>
            ? "a list"
            : value instanceof String
                ? "a text"
                : value instanceof Number ? "a number" : String.valueOf(value);
    return "holds " + kind + ", not an object";
  }

  /** Reads one document, and takes nothing after it. */
  public static Document read(byte[] utf8) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return new Document(null, EMPTY);
      }
      Object value = value(parser, first);
      return parser.nextToken() == null ? new Document(value, null) : new Document(null, MORE);
    } catch (JacksonException e) {
      // without the text itself, which may hold what is not to be repeated
      TokenStreamLocation at = e.getLocation();
      return new Document(
          null, at == null ? TOO_LARGE : "line " + at.getLineNr() + ", column " + at.getColumnNr());
    }
  }

  /** One line, without the line's end. */
  public static String write(Object tree) {
    return write(tree, ObjectWriteContext.empty());
  }

  /** A line for each member, without the last line's end. */
  public static String writeForPeople(Object tree) {
    return write(
        tree,
        new ObjectWriteContext.Base() {
          @Override
          public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
          }

          @Override
          public boolean hasPrettyPrinter() {
            return true;
          }
        });
  }

  private static String write(Object tree, ObjectWriteContext context) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(context, text)) {
      write(generator, tree);
    }
    return text.toString();
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
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      list.add(value(parser, token));
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

  private static void write(JsonGenerator generator, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      generator.writeStartObject();
      map.forEach(
          (key, entry) -> {
            generator.writeName(String.valueOf(key));
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
      generator.writeString(value.toString());
    }
  }
}
