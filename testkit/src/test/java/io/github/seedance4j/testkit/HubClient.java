package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.json.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** The JDK's HTTP client, in the words of the guide. */
final class HubClient {

  static final String BEACH =
      "{\"model\":\"doubao-seedance-2.0\",\"prompt\":\"A golden retriever on a beach\",\"duration\":5}";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final FakeTokenHub hub;

  HubClient(FakeTokenHub hub) {
    this.hub = hub;
  }

  static FakeTokenHub.Builder hub() {
    return FakeTokenHub.builder().seed(1).clips(TestClips::render);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(hub.baseUrl() + path))
        .header("Authorization", "Bearer th-test")
        .header("Content-Type", "application/json");
  }

  HttpResponse<String> create(String body) throws IOException, InterruptedException {
    return send(request("/videos/generations").POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Creates a task that must succeed to be booked; its id. */
  String created(String body) throws IOException, InterruptedException {
    HttpResponse<String> response = create(body);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return (String) tree(response).get("id");
  }

  HttpResponse<String> status(String id) throws IOException, InterruptedException {
    return send(request("/videos/generations/" + id).GET());
  }

  Map<?, ?> polled(String id) throws IOException, InterruptedException {
    return tree(status(id));
  }

  /** The link of a task that has succeeded. */
  String link(String id) throws IOException, InterruptedException {
    return (String) ((Map<?, ?>) ((List<?>) polled(id).get("data")).get(0)).get("video_url");
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A download, with extra headers as names and values in turn. */
  static HttpResponse<byte[]> download(String method, String url, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).method(method, HttpRequest.BodyPublishers.noBody());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  static Map<?, ?> tree(HttpResponse<String> response) {
    return (Map<?, ?>) JsonReader.read(response.body()).tree();
  }

  static Map<?, ?> error(HttpResponse<String> response) {
    return (Map<?, ?>) tree(response).get("error");
  }
}
