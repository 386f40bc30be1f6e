package io.github.seedance4j.testkit.bench;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.util.List;

/**
 * WireMock in a process of its own, without its journal. With two fixed answers, the same id for
 * all; {@code all-off}: also without templates, logging, compression and chunks; {@code ids}: with
 * the least that gives each create an id of its own and lets get know it, by templates. It keeps no
 * state and checks nothing, however.
 */
final class WireMockMain {

  private static final String ID = "task-3fa91c07-000001-9b2e";

  private static final String RANDOM_ID =
      "task-{{randomValue length=16 type='ALPHANUMERIC' uppercase=false}}";
  private static final String ASKED_ID = "{{request.pathSegments.[4]}}";

  private WireMockMain() {}

  public static void main(String[] args) {
    WireMockConfiguration options =
        WireMockConfiguration.options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .disableRequestJournal();
    if (List.of(args).contains("all-off")) {
      options
          .templatingEnabled(false)
          .stubRequestLoggingDisabled(true)
          .gzipDisabled(true)
          .useChunkedTransferEncoding(Options.ChunkedEncodingPolicy.NEVER);
    }
    WireMockServer server = new WireMockServer(options);
    if (List.of(args).contains("ids")) {
      server.stubFor(post(urlEqualTo(Load.PATH)).willReturn(templated(created(RANDOM_ID))));
      server.stubFor(
          get(urlPathMatching(Load.PATH + "/[^/]+")).willReturn(templated(succeeded(ASKED_ID))));
    } else {
      server.stubFor(post(urlEqualTo(Load.PATH)).willReturn(okJson(created(ID))));
      server.stubFor(get(urlEqualTo(Load.PATH + "/" + ID)).willReturn(okJson(succeeded(ID))));
    }
    server.start();
    System.out.println(server.port());
  }

  private static ResponseDefinitionBuilder templated(String body) {
    return okJson(body).withTransformers("response-template");
  }

  private static String created(String id) {
    return head(id, "queued") + "}";
  }

  private static String succeeded(String id) {
    return head(id, "succeeded")
        + ",\"data\":[{\"video_url\":\"http://127.0.0.1:1/files/"
        + id
        + "/video.mp4?expires=1793707200&n=1&sig="
        + "0123456789abcdef".repeat(4)
        + "\"}],\"usage\":{\"video_duration\":5}}";
  }

  private static String head(String id, String status) {
    return "{\"id\":\"%s\",\"object\":\"video.generation.task\",\"model\":\"doubao-seedance-2.0\",\"status\":\"%s\",\"created\":1793620800"
        .formatted(id, status);
  }
}
