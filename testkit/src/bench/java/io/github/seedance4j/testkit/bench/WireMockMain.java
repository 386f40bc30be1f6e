package io.github.seedance4j.testkit.bench;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;

/**
 * WireMock in a process of its own, as cheap as a user can make it: two fixed answers, no journal,
 * no templates, no logging, no compression, no chunks. It keeps no state and checks nothing.
 */
final class WireMockMain {

  private static final String ID = "task-3fa91c07-000001-9b2e";

  private WireMockMain() {}

  public static void main(String[] args) {
    WireMockServer server =
        new WireMockServer(
            WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .disableRequestJournal()
                .templatingEnabled(false)
                .stubRequestLoggingDisabled(true)
                .gzipDisabled(true)
                .useChunkedTransferEncoding(Options.ChunkedEncodingPolicy.NEVER));
    String head =
        "{\"id\":\"%s\",\"object\":\"video.generation.task\",\"model\":\"doubao-seedance-2.0\","
                .formatted(ID)
            + "\"status\":\"%s\",\"created\":1793620800";
    server.stubFor(
        post(urlEqualTo(Load.PATH)).willReturn(okJson(head.formatted("queued") + "}")));
    server.stubFor(
        get(urlEqualTo(Load.PATH + "/" + ID))
            .willReturn(
                okJson(
                    head.formatted("succeeded")
                        + ",\"data\":[{\"video_url\":\"http://127.0.0.1:1/files/%s/video.mp4?expires=1793707200&n=1&sig=%s\"}],\"usage\":{\"video_duration\":5}}"
                            .formatted(ID, "0123456789abcdef".repeat(4)))));
    server.start();
    System.out.println(server.port());
  }
}
