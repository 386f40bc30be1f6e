package io.github.seedance4j.adapter.rest;

import static io.github.seedance4j.adapter.rest.ApiDescription.GATEWAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.rest.ApiDescription.Operation;
import io.github.seedance4j.adapter.rest.GatewayBench.Answer;
import io.github.seedance4j.adapter.rest.exchange.Route;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.pricing.Assumption;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.request.AspectRatio;
import io.github.seedance4j.request.ModelCatalog;
import io.github.seedance4j.request.ModelSpec;
import io.github.seedance4j.request.Resolution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class OpenApiTest {

  @TempDir private Path folder;

  @Test
  void isADocumentOfOpenApi31() {
    assertThat(GATEWAY.root.path("openapi").asString()).startsWith("3.1.");
    assertThat(GATEWAY.faults()).isEmpty();

    List<String> broken = new ArrayList<>();
    eachNode(
        "#",
        GATEWAY.root,
        (pointer, node) -> {
          if (pointer.endsWith("/schema") || pointer.matches("#/components/schemas/[^/]+")) {
            GATEWAY.schemaFaults(node).forEach(fault -> broken.add(pointer + " " + fault));
          }
          if (node.has("$ref") && GATEWAY.at(node.path("$ref").asString()).isMissingNode()) {
            broken.add(pointer + " refers to nothing");
          }
        });
    assertThat(broken).isEmpty();
  }

  @Test
  void tellsOfEveryRouteAndOfNothingElse() {
    try (GatewayBench bench = GatewayBench.open(folder)) {
      Map<String, String> routes = new TreeMap<>();
      bench
          .gateway
          .routes()
          .forEach(
              route ->
                  routes.put(
                      route.method().name() + " " + route.path(),
                      route.operation() + " " + route.access()));
      Map<String, String> told = new TreeMap<>();
      GATEWAY
          .operations()
          .forEach(
              operation ->
                  told.put(
                      operation.method() + " " + operation.path(),
                      operation.id() + " " + access(operation)));

      assertThat(told).isEqualTo(routes);
      assertThat(GATEWAY.operations()).extracting(Operation::id).doesNotHaveDuplicates();
    }
  }

  /** None: open. One of links: such a link will do. */
  private static Route.Access access(Operation operation) {
    JsonNode own = operation.node().path("security");
    JsonNode security = own.isMissingNode() ? GATEWAY.root.path("security") : own;
    if (security.isEmpty()) {
      return Route.Access.OPEN;
    }
    if (security.valueStream().anyMatch(each -> each.has("link"))) {
      return Route.Access.SIGNED;
    }
    return operation.node().path("x-admin").asBoolean(false)
        ? Route.Access.ADMIN
        : Route.Access.KEY;
  }

  @Test
  void givesExamplesThatAreAsItSays() {
    List<String> broken = new ArrayList<>();
    int[] seen = new int[1];
    eachNode(
        "#",
        GATEWAY.root,
        (pointer, node) -> {
          if (!node.has("schema")) {
            return;
          }
          Stream.concat(
                  Stream.ofNullable(node.get("example")),
                  node.path("examples").valueStream().map(example -> example.path("value")))
              .forEach(
                  example -> {
                    seen[0]++;
                    GATEWAY
                        .faults(pointer + "/schema", example)
                        .forEach(fault -> broken.add(pointer + " " + fault));
                  });
        });
    assertThat(broken).isEmpty();
    assertThat(seen[0]).isGreaterThan(20);
  }

  @Test
  void tellsTheLimitsOfTheModels() {
    JsonNode request = GATEWAY.at("#/components/schemas/GenerationRequest/properties");
    List<ModelSpec> models = ModelCatalog.tokenHub().models();
    ModelSpec model = models.get(0);

    assertThat(texts(request.at("/model/enum")))
        .containsExactlyElementsOf(models.stream().map(ModelSpec::id).toList());
    assertThat(texts(request.at("/resolution/enum")))
        .containsExactlyInAnyOrderElementsOf(
            model.resolutions().stream().map(Resolution::value).toList());
    assertThat(texts(request.at("/aspect_ratio/enum")))
        .containsExactlyElementsOf(model.aspectRatios().stream().map(AspectRatio::value).toList());
    assertThat(request.at("/duration/minimum").decimalValue())
        .isEqualByComparingTo(model.duration().min());
    assertThat(request.at("/duration/maximum").decimalValue())
        .isEqualByComparingTo(model.duration().max());
    assertThat(request.at("/image_urls/maxItems").asInt()).isEqualTo(model.media().images());
    assertThat(request.at("/video_urls/maxItems").asInt()).isEqualTo(model.media().videos());
    assertThat(request.at("/audio_urls/maxItems").asInt()).isEqualTo(model.media().audios());
  }

  @Test
  void knowsEveryWordOfOurs() {
    assertThat(texts(GATEWAY.at("#/components/schemas/Generation/properties/state/enum")))
        .containsExactlyElementsOf(Arrays.stream(JobState.values()).map(Enum::name).toList());
    assertThat(texts(GATEWAY.at("#/components/schemas/Cost/properties/basis/enum")))
        .containsExactlyElementsOf(
            Stream.concat(Stream.of("HELD"), Arrays.stream(Bill.Basis.values()).map(Enum::name))
                .toList());
    assertThat(
            texts(
                GATEWAY.at(
                    "#/components/schemas/Quote/properties/assumptions/items"
                        + "/properties/code/enum")))
        .containsExactlyElementsOf(Arrays.stream(Assumption.values()).map(Enum::name).toList());
  }

  @Test
  void isServedToAnybody() {
    try (GatewayBench bench = GatewayBench.open(folder)) {
      Answer answer = bench.new Client("").get("/openapi.json");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Type")).isEqualTo("application/json");
      assertThat(answer.text()).isEqualTo(GATEWAY.text);
    }
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }

  private static void eachNode(String pointer, JsonNode node, BiConsumer<String, JsonNode> with) {
    // what stands in an example is no part of the document
    if (pointer.endsWith("/example") || pointer.endsWith("/examples")) {
      return;
    }
    with.accept(pointer, node);
    if (node.isArray()) {
      Iterator<JsonNode> entries = node.iterator();
      for (int i = 0; entries.hasNext(); i++) {
        eachNode(pointer + "/" + i, entries.next(), with);
      }
    }
    node.properties()
        .forEach(
            member ->
                eachNode(
                    pointer + "/" + member.getKey().replace("~", "~0").replace("/", "~1"),
                    member.getValue(),
                    with));
  }
}
