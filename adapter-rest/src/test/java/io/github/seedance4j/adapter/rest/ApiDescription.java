package io.github.seedance4j.adapter.rest;

import static java.util.Comparator.comparing;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document, as whoever holds the gateway to its word reads it. */
final class ApiDescription {

  private static final String PROBLEM = "#/components/schemas/Problem";
  private static final String ADDRESS = "https://gateway.example/openapi.json";
  private static final String SHAPE = "https://gateway.example/openapi-shape.json";
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  static final ApiDescription GATEWAY = new ApiDescription();

  final String text;
  final JsonNode root;
  private final SchemaRegistry registry;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
  private final List<Operation> operations = new ArrayList<>();

  /** One operation, with what all of its path's share. */
  record Operation(String method, String path, JsonNode node, String pointer) {

    String id() {
      return node.path("operationId").asString();
    }

    /** Whether requests to that path are meant for it; their parameters are not looked at. */
    boolean isAt(String requestPath) {
      return requestPath.matches("\\Q" + path.replaceAll("\\{[^}]*}", "\\\\E[^/]+\\\\Q") + "\\E/?");
    }

    @Override
    public String toString() {
      return id();
    }
  }

  private ApiDescription() {
    text = resource("/io/github/seedance4j/adapter/rest/openapi.json");
    root = JSON.readTree(text);
    registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder.schemas(Map.of(ADDRESS, text, SHAPE, resource("/openapi-shape.json"))));
    root.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          if (METHODS.contains(method.getKey())) {
                            operations.add(
                                new Operation(
                                    method.getKey().toUpperCase(java.util.Locale.ROOT),
                                    path.getKey(),
                                    method.getValue(),
                                    "#/paths/" + escaped(path.getKey()) + "/" + method.getKey()));
                          }
                        }));
  }

  private static String resource(String name) {
    try (InputStream file = ApiDescription.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  List<Operation> operations() {
    return operations;
  }

  Operation operation(String id) {
    return operations.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  /** The operation that such a request is one of. */
  Optional<Operation> operation(String method, String path) {
    return operations.stream()
        .filter(each -> each.method().equals(method) && each.isAt(path))
        // a name of its own goes before one that may be anything
        .min(comparing(each -> each.path().indexOf('{') > 0));
  }

  /** Where a node really is: references are followed. */
  String resolved(String pointer) {
    JsonNode reference = at(pointer).path("$ref");
    return reference.isMissingNode() ? pointer : resolved(reference.asString());
  }

  JsonNode at(String pointer) {
    return root.at(pointer.substring(1));
  }

  /** The node, or what it refers to. */
  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? resolved(at(node.path("$ref").asString())) : node;
  }

  /** Its parameters, in place of references to them. */
  List<JsonNode> parameters(Operation operation) {
    List<JsonNode> all = new ArrayList<>();
    operation.node().path("parameters").forEach(parameter -> all.add(resolved(parameter)));
    return all;
  }

  /** What is wrong with a document by a schema of this one, or of OpenAPI's. */
  List<String> faults(String schema, JsonNode instance) {
    return schemas
        .computeIfAbsent(
            schema,
            where ->
                registry.getSchema(
                    SchemaLocation.of(where.startsWith("#") ? ADDRESS + where : where)))
        .validate(instance)
        .stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }

  /** What is wrong with the document itself. */
  List<String> faults() {
    return faults(SHAPE, root);
  }

  /** What is wrong with a schema, by JSON Schema itself. */
  List<String> schemaFaults(JsonNode schema) {
    return faults("https://json-schema.org/draft/2020-12/schema", schema);
  }

  /**
   * What an answer holds or is that the document does not tell of.
   *
   * @param operation null for what is none: only a problem can come of it
   */
  List<String> faults(Operation operation, int status, String contentType, byte[] body) {
    if (operation == null) {
      return ofBody(status, contentType, body, "application/problem+json", PROBLEM);
    }
    String response = operation.pointer() + "/responses/" + status;
    if (at(response).isMissingNode()) {
      return List.of("undocumented status " + status);
    }
    String content = resolved(response) + "/content";
    if (operation.method().equals("HEAD")) {
      return body.length == 0 ? List.of() : List.of("a body for HEAD");
    }
    if (at(content).isMissingNode()) {
      return body.length == 0 ? List.of() : List.of("an undocumented body");
    }
    String type = contentType.replaceAll(";.*", "").strip();
    String schema = content + "/" + escaped(type) + "/schema";
    return at(schema).isMissingNode()
        ? List.of("undocumented content type '" + contentType + "' of " + status)
        : ofBody(status, type, body, type, schema);
  }

  private List<String> ofBody(
      int status, String contentType, byte[] body, String expected, String schema) {
    if (!contentType.equals(expected)) {
      return List.of("content type '" + contentType + "' of " + status);
    }
    String utf8 = new String(body, StandardCharsets.UTF_8);
    if (contentType.equals("text/event-stream") || !contentType.matches("text/.*|.*json")) {
      return List.of(); // one has no end, the others are not text
    }
    if (!contentType.endsWith("json")) {
      return faults(schema, JSON.getNodeFactory().stringNode(utf8));
    }
    JsonNode tree;
    try {
      tree = JSON.readTree(utf8);
    } catch (JacksonException e) {
      return List.of("no JSON: " + e.getOriginalMessage());
    }
    List<String> faults = new ArrayList<>(faults(schema, tree));
    if (contentType.startsWith("application/problem") && tree.path("status").asInt() != status) {
      faults.add("a problem of " + tree.path("status") + " as " + status);
    }
    return faults;
  }
}
