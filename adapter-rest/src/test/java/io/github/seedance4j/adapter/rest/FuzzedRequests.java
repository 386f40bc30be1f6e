package io.github.seedance4j.adapter.rest;

import static io.github.seedance4j.adapter.rest.ApiDescription.GATEWAY;

import io.github.seedance4j.adapter.rest.ApiDescription.Operation;
import io.github.seedance4j.adapter.rest.RawHttp.Request;
import io.github.seedance4j.testkit.generate.Drafts;
import io.github.seedance4j.testkit.json.JsonWriter;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Draws requests by the document: at first as it says, then changed here and there. One round's
 * draws depend on its random numbers and on the names that are known so far.
 */
final class FuzzedRequests {

  private static final List<String> METHODS =
      List.of("PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "GET", "POST", "TRACE", "BREW", "get");
  private static final List<String> ODD_IDS =
      List.of(
          "job-",
          "job-doesnotexist",
          "JOB-0123456789AB",
          "job-%30%30%30%30%30%30%30%30",
          "job-%00aaaaaaaa",
          "job-aaaaaaaa%2Fcontent",
          "..",
          "%2e%2e",
          "%2e",
          ".",
          "..;/",
          "a;b=c",
          "%ff%fe",
          "%zz",
          "%",
          "%F0%9F%90%95",
          "'%20or%201=1--",
          "%0d%0aX:%20y",
          "\u00e9",
          "job-aaaaaaaa\\..",
          "x".repeat(5_000),
          "");
  private static final List<String> ODD_TEXTS =
      List.of(
          "",
          " ",
          "\u0000",
          "a\u0000b",
          "\ud800",
          "\udc00x",
          "\u202e",
          "\ufeff",
          "=cmd|' /C calc'!A0",
          "\"\r\n,",
          "data:",
          "data:image/png;base64,AAAA",
          "data:,",
          "null",
          "-1",
          "1e999",
          "{{7*7}}${7*7}",
          "<script>",
          "http://127.0.0.1/",
          "x".repeat(70_000),
          "é".repeat(2_000));
  private static final List<String> ODD_JSON =
      List.of(
          "1e-99999999",
          "1e99999999",
          "-1e999999999999",
          "9".repeat(900),
          "9".repeat(1_100),
          "0." + "0".repeat(500) + "1",
          "-0",
          "1E400",
          "0.1",
          "2147483648",
          "9223372036854775808",
          "NaN",
          "01",
          "+1",
          "tru",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "\"unterminated",
          "\"\\x\"",
          "[".repeat(50) + "]".repeat(50),
          "[".repeat(5_000),
          "{\"a\":".repeat(60) + "1" + "}".repeat(60),
          "[null]",
          "{}",
          "[]",
          "[[]]",
          "{\"url\":null}",
          "null",
          "true",
          "\"\"");
  private static final List<String> ODD_HEADERS =
      List.of(
          "Accept: text/html;q=0.9, */*;q=nonsense",
          "Accept: application/xml",
          "Accept: ",
          "Accept-Language: *",
          "Accept-Language: zh-Hans-CN;q=0.7, xx;q=2",
          "Accept-Language: ;;;q=,,,-",
          "Accept-Language: " + "en,".repeat(500),
          "Accept-Encoding: br, gzip;q=0, identity;q=0",
          "Range: bytes=0-",
          "Range: bytes=-1",
          "Range: bytes=99999999999999999999-",
          "Range: lines=1-2",
          "If-None-Match: *",
          "If-Match: \"x\"",
          "If-Range: nonsense",
          "Last-Event-ID: 99999999999999999999",
          "Last-Event-ID: job-aaaaaaaa:7",
          "Last-Event-ID: \u00ff\u00fe",
          "Idempotency-Key: ",
          "Idempotency-Key: two words",
          "Idempotency-Key: " + "k".repeat(129),
          "Idempotency-Key: \u00e9",
          "Idempotency-Key: a/b/../c",
          "Idempotency-Replayed: true",
          "Origin: null",
          "Origin: https://elsewhere.example",
          "X-Forwarded-For: 127.0.0.1",
          "X-HTTP-Method-Override: DELETE",
          "Content-Encoding: gzip",
          "Expect: nonsense",
          "Cookie: a=\"",
          "Upgrade: websocket",
          "Authorization: Basic dTpw",
          "X-Long: " + "y".repeat(4_000),
          "X-Longer: " + "y".repeat(20_000));
  private static final List<String> FILE_TYPES =
      List.of("image/png", "image/png", "image/jpeg", "video/mp4", "audio/mpeg;charset=nonsense");
  private static final List<String> ODD_TYPES =
      List.of(
          "text/plain",
          "application/x-www-form-urlencoded",
          "multipart/form-data; boundary=x",
          "application/json; charset=utf-16",
          "application/json;charset=nonsense",
          "application/jsonp",
          "APPLICATION/JSON",
          "application/json, text/plain",
          "/",
          "");

  private final Random random;
  private final Drafts drafts;
  private final List<String> ids;
  private final List<String> uploads;
  private final List<String> keys;

  /** A piece of JSON that no tree could hold. */
  private record Raw(String json) {}

  FuzzedRequests(Random random, List<String> ids, List<String> uploads, List<String> keys) {
    this.random = random;
    this.uploads = uploads;
    this.drafts = new Drafts(random);
    this.ids = ids;
    this.keys = keys;
  }

  Operation operation() {
    List<Operation> all = GATEWAY.operations();
    return oneIn(3) ? GATEWAY.operation("createGeneration") : all.get(random.nextInt(all.size()));
  }

  Request request(Operation operation) {
    int changes = oneIn(3) ? 0 : 1 + random.nextInt(3);
    boolean[] change = new boolean[6];
    for (int i = 0; i < changes; i++) {
      change[random.nextInt(change.length)] = true;
    }
    List<String> headers = new ArrayList<>();
    String target = target(operation, headers, change[0], change[1]);
    byte[] body = new byte[0];
    JsonNode content = operation.node().at("/requestBody/content");
    if (!content.isMissingNode()) {
      String type = content.propertyNames().iterator().next();
      boolean file = !type.equals("application/json");
      headers.add(
          "Content-Type: "
              + (change[2] && oneIn(2) ? of(ODD_TYPES) : file ? of(FILE_TYPES) : type));
      body =
          !file
              ? body(content.path(type).path("schema"), change[3])
              : change[3]
                  ? damaged(new String(Tenants.PNG, StandardCharsets.ISO_8859_1))
                  : Tenants.PNG;
    } else if (change[3]) {
      body = "{}".getBytes(StandardCharsets.UTF_8);
    }
    for (int i = 0; change[4] && i < 1 + random.nextInt(2); i++) {
      String odd = of(ODD_HEADERS);
      String name = odd.substring(0, odd.indexOf(':') + 1);
      headers.removeIf(header -> header.startsWith(name));
      headers.add(odd);
    }
    String method = change[5] && oneIn(2) ? of(METHODS) : operation.method();
    return new Request(method, target, headers, body);
  }

  private String target(
      Operation operation, List<String> headers, boolean oddPath, boolean oddQuery) {
    String path = operation.path();
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : GATEWAY.parameters(operation)) {
      String name = parameter.path("name").asString();
      boolean required = parameter.path("required").asBoolean(false);
      JsonNode schema = GATEWAY.resolved(parameter.path("schema"));
      switch (parameter.path("in").asString()) {
        case "path" -> {
          boolean upload = path.contains("/uploads/");
          String id = oddPath ? of(ODD_IDS) : of(upload ? uploads : ids);
          path = path.replace("{" + name + "}", id);
        }
        case "query" -> {
          if (required || oneIn(3)) {
            String value = oddQuery ? oddValue() : text(name, schema);
            // a line's end would begin another request
            boolean raw = oneIn(9) && value.indexOf('\n') < 0;
            query.add(name + "=" + (raw ? value : encoded(value)));
          }
        }
        default -> {
          if (required || oneIn(3)) {
            headers.add(name + ": " + text(name, schema));
          }
        }
      }
    }
    if (oddPath && oneIn(3)) {
      path = of(List.of(path + "/", "/" + path, path + ";a=b", path + "/x", path + "%20"));
    }
    if (oddQuery) {
      query.add(
          of(
              List.of(
                  "x=y",
                  "limit=1&limit=2",
                  "=",
                  "&&",
                  "tenant",
                  "%zz=1",
                  "after=%00",
                  "signature=00&expires=1",
                  "signature=&expires=99999999999999999999")));
    }
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  private String oddValue() {
    return oneIn(2)
        ? of(List.of("0", "-1", "1e9", "2147483648", "٣", "1 ", "json,csv", "JSON", "a/b", "%00"))
        : of(ODD_TEXTS.stream().filter(text -> text.length() < 3_000).toList());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A value that a parameter takes. */
  private String text(String name, JsonNode schema) {
    if (name.equals("Idempotency-Key")) {
      return oneIn(3) ? of(keys) : "key-" + Integer.toHexString(random.nextInt());
    }
    if (name.equals("after")) {
      return of(ids);
    }
    if (name.equals("Accept-Language")) {
      return of(List.of("fr", "zh-CN", "en;q=0.2, fr", "de"));
    }
    return name.equals("tenant")
        ? of(List.of("acme", "poor", "elsewhere"))
        : String.valueOf(instance(schema));
  }

  private byte[] body(JsonNode schema, boolean changed) {
    boolean isRequest = schema.path("$ref").asString("").endsWith("/GenerationRequest");
    Object tree =
        isRequest && !oneIn(6)
            ? (changed && oneIn(3) ? drafts.tree() : drafts.validTree())
            : instance(schema);
    if (isRequest && oneIn(12) && tree instanceof Map<?, ?> map) {
      Map<String, Object> more = copy(map);
      more.put(of(List.of("seed", "meta")), of(List.of(42, new Raw("[null,{\"a\":null}]"), "x")));
      tree = more;
    }
    if (!changed) {
      return write(tree).getBytes(StandardCharsets.UTF_8);
    }
    for (int i = 0; i <= random.nextInt(2); i++) {
      tree = changed(tree, 0);
    }
    String text = write(tree);
    if (oneIn(8) && text.startsWith("{") && text.length() > 2) {
      // a member once more
      text = text.substring(0, text.length() - 1) + "," + text.substring(1);
    }
    return oneIn(4) ? damaged(text) : text.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] damaged(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int at = random.nextInt(bytes.length + 1);
    return switch (random.nextInt(7)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> new byte[0];
      case 2 -> with(bytes, at, (byte) 0xC3, (byte) 0x28);
      case 3 -> with(bytes, at, (byte) 0xED, (byte) 0xA0, (byte) 0x80);
      case 4 -> with(bytes, 0, (byte) 0xEF, (byte) 0xBB, (byte) 0xBF);
      case 5 -> with(bytes, bytes.length, (byte) '{', (byte) '}');
      default -> text.getBytes(StandardCharsets.UTF_16);
    };
  }

  private static byte[] with(byte[] bytes, int at, byte... more) {
    byte[] all = new byte[bytes.length + more.length];
    System.arraycopy(bytes, 0, all, 0, at);
    System.arraycopy(more, 0, all, at, more.length);
    System.arraycopy(bytes, at, all, at + more.length, bytes.length - at);
    return all;
  }

  /** The tree with one thing in it otherwise. */
  private Object changed(Object tree, int depth) {
    if (tree instanceof Map<?, ?> map && (depth == 0 || oneIn(2))) {
      Map<String, Object> copy = copy(map);
      List<String> names = new ArrayList<>(copy.keySet());
      int what = random.nextInt(6);
      if (names.isEmpty() || what == 0) {
        copy.put(of(List.of("x", "", "Model", "seed", "__proto__", "a.b[0]")), odd());
      } else if (what == 1) {
        copy.remove(of(names));
      } else {
        String name = of(names);
        copy.put(name, changed(copy.get(name), depth + 1));
      }
      return copy;
    }
    if (tree instanceof List<?> list && !list.isEmpty() && oneIn(2)) {
      List<Object> copy = new ArrayList<>(list);
      int at = random.nextInt(copy.size());
      switch (random.nextInt(3)) {
        case 0 -> copy.remove(at);
        case 1 -> copy.addAll(List.copyOf(list.stream().filter(each -> each != null).toList()));
        default -> copy.set(at, changed(copy.get(at), depth + 1));
      }
      return copy;
    }
    return odd();
  }

  private Object odd() {
    return oneIn(3) ? of(ODD_TEXTS) : new Raw(of(ODD_JSON));
  }

  private static Map<String, Object> copy(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }

  /** Something that the schema takes, so far as it is told in keywords that we use. */
  private Object instance(JsonNode declared) {
    JsonNode schema = GATEWAY.resolved(declared);
    if (schema.has("const")) {
      return schema.path("const").asString();
    }
    if (schema.has("enum")) {
      JsonNode words = schema.path("enum");
      return words.get(random.nextInt(words.size())).asString();
    }
    return switch (schema.path("type").asString("")) {
      case "object" -> object(schema);
      case "array" -> {
        List<Object> list = new ArrayList<>();
        int size = random.nextInt(Math.min(4, schema.path("maxItems").asInt(3) + 1));
        for (int i = 0; i < size; i++) {
          list.add(instance(schema.path("items")));
        }
        yield list;
      }
      case "integer" -> {
        int least = schema.path("minimum").asInt(0);
        yield least + random.nextInt(schema.path("maximum").asInt(least + 100) - least + 1);
      }
      case "number" -> BigDecimal.valueOf(1 + random.nextInt(15_000), 3);
      case "boolean" -> random.nextBoolean();
      default -> of(List.of("a cat", "https://media.example/" + random.nextInt(99), of(ids)));
    };
  }

  private Map<String, Object> object(JsonNode schema) {
    Map<String, Object> object = new LinkedHashMap<>();
    Supplier<Boolean> chance = () -> oneIn(4);
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asString()));
    JsonNode choices = schema.path("oneOf");
    JsonNode choice = choices.isEmpty() ? choices : choices.get(random.nextInt(choices.size()));
    choice.path("required").forEach(name -> required.add(name.asString()));
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              String name = property.getKey();
              JsonNode narrower = choice.path("properties").path(name);
              if (narrower.has("const")) {
                JsonNode value = narrower.path("const");
                object.put(name, value.isBoolean() ? value.asBoolean() : value.asString());
              } else if (required.contains(name) || (choice.isEmpty() && chance.get())) {
                object.put(name, instance(property.getValue()));
              }
            });
    return object;
  }

  private static String write(Object tree) {
    if (tree instanceof Raw raw) {
      return raw.json();
    }
    if (tree instanceof Map<?, ?> map) {
      List<String> members = new ArrayList<>();
      map.forEach(
          (key, value) -> members.add(JsonWriter.write(String.valueOf(key)) + ":" + write(value)));
      return "{" + String.join(",", members) + "}";
    }
    if (tree instanceof List<?> list) {
      return "[" + String.join(",", list.stream().map(FuzzedRequests::write).toList()) + "]";
    }
    return JsonWriter.write(tree);
  }

  private boolean oneIn(int sides) {
    return random.nextInt(sides) == 0;
  }

  private <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
