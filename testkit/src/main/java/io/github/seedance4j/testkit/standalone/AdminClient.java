package io.github.seedance4j.testkit.standalone;

import io.github.seedance4j.testkit.json.JsonReader;
import io.github.seedance4j.testkit.json.JsonWriter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Speaks with a fake's admin path. Thread-safe. */
final class AdminClient {

  /** Longer than the fake ever waits before it answers. */
  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(6);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final URI root;

  AdminClient(URI root) {
    this.root = root;
  }

  Map<?, ?> tree(String path) {
    if (JsonReader.read(get(path)).tree() instanceof Map<?, ?> tree) {
      return tree;
    }
    throw new IllegalStateException("the fake does not answer " + path + " with an object");
  }

  String get(String path) {
    return send(request(path).GET());
  }

  void post(String path, Map<String, ? extends @Nullable Object> body) {
    send(request(path).POST(BodyPublishers.ofString(JsonWriter.write(body))));
  }

  void delete(String path) {
    send(request(path).DELETE());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(root.resolve(path))
        .timeout(LONGEST_ANSWER)
        .header("Content-Type", "application/json");
  }

  private String send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalArgumentException(reason(response.body()));
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException("the fake at " + root + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException());
    }
  }

  private static String reason(String body) {
    return JsonReader.read(body).tree() instanceof Map<?, ?> tree
            && tree.get("error") instanceof Map<?, ?> error
        ? String.valueOf(error.get("message")).replaceFirst(" Request ID: .*", "")
        : body;
  }
}
