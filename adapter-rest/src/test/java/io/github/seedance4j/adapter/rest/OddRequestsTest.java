package io.github.seedance4j.adapter.rest;

import static io.github.seedance4j.adapter.rest.GatewayBench.GENERATIONS;
import static io.github.seedance4j.adapter.rest.GatewayBench.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.adapter.rest.GatewayBench.Answer;
import io.github.seedance4j.adapter.rest.GatewayBench.Client;
import io.github.seedance4j.tenant.Role;
import io.github.seedance4j.tenant.TenantId;
import io.github.seedance4j.testkit.json.JsonWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the fuzzer found once. */
class OddRequestsTest {

  @TempDir private Path folder;
  private GatewayBench bench;

  @BeforeEach
  void open() {
    bench = GatewayBench.open(folder);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void takesARequestForWhatItIsWhateverAHeaderSays() {
    Client acme = bench.tenant("acme");

    Answer list = acme.get(GENERATIONS, "X-HTTP-Method-Override", "POST");
    Answer upload = acme.get("/api/v1/uploads/up-x", "X-HTTP-Method-Override", "DELETE");

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.at("object")).isEqualTo("list");
    assertThat(upload.status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json;charset=nonsense, 200",
    "APPLICATION/JSON ; charset=utf-8, 200",
    "application/jsonp, 415",
    "'application/json, text/plain', 415",
    "text/plain, 415"
  })
  void takesJsonAlone(String type, int status) {
    Client acme = bench.tenant("acme");
    String body = JsonWriter.write(GatewayBench.request(PROMPT));

    Answer quote =
        acme.send(
            HttpRequest.newBuilder(URI.create(bench.gateway.address() + "/api/v1/videos/quotes"))
                .header("Authorization", "Bearer " + acme.secret)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));

    assertThat(quote.status()).isEqualTo(status);
  }

  @Test
  void takesAnUploadWithACharsetThatThereIsNot() {
    Client acme = bench.tenant("acme");

    Answer kept = acme.send(acme.picture(Tenants.PNG, "image/png;charset=nonsense"));

    assertThat(kept.status()).isEqualTo(201);
  }

  @Test
  void showsRequestsWithNullsInFieldsThatWereLetThrough() {
    Client acme =
        bench
        .new Client(
            bench.keys.issue(new TenantId("acme"), Role.TENANT, null, Set.of("meta")).secret());
    String body =
        "{\"model\":\"doubao-seedance-2.0\",\"prompt\":\"data: a cat, twice\","
            + "\"meta\":[null,{\"a\":null}]}";

    String id = acme.post(GENERATIONS, body).id();

    Answer seen = acme.get(GENERATIONS + "/" + id);
    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.text()).contains("\"meta\":[null,{\"a\":null}]");
    assertThat(seen.at("request.prompt")).isEqualTo("data: a cat, twice");
    assertThat(acme.get(GENERATIONS).at("data.0.id")).isEqualTo(id);
  }
}
