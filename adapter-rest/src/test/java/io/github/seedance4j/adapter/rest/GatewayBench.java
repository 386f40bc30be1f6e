package io.github.seedance4j.adapter.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.seedance4j.adapter.http.ApiKey;
import io.github.seedance4j.adapter.http.HttpOptions;
import io.github.seedance4j.adapter.http.tokenhub.TokenHub;
import io.github.seedance4j.adapter.store.JdbcJobJournal;
import io.github.seedance4j.port.in.AccessKeys;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.port.out.AccessKeyStore;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.ReplayStore;
import io.github.seedance4j.service.AccessKeyService;
import io.github.seedance4j.service.InMemoryAccessKeyStore;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.service.InMemoryReplayStore;
import io.github.seedance4j.service.PollPlan;
import io.github.seedance4j.service.ReplayService;
import io.github.seedance4j.service.VideoGenerationBuilder;
import io.github.seedance4j.service.VideoGenerationService;
import io.github.seedance4j.tenant.Role;
import io.github.seedance4j.tenant.TenantId;
import io.github.seedance4j.testkit.FakeTokenHub;
import io.github.seedance4j.testkit.json.JsonReader;
import io.github.seedance4j.testkit.json.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A gateway over a fake provider, with tenants, and clients of theirs. */
final class GatewayBench implements AutoCloseable {

  static final String GENERATIONS = "/api/v1/videos/generations";
  static final String PROMPT = "A golden retriever running on a sunny beach";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final FakeTokenHub hub;
  final VideoGeneration videos;
  final AccessKeys keys;
  final Gateway gateway;

  private final boolean ownHub;

  private GatewayBench(
      FakeTokenHub hub, boolean ownHub, VideoGeneration videos, AccessKeys keys, Gateway gateway) {
    this.hub = hub;
    this.ownHub = ownHub;
    this.videos = videos;
    this.keys = keys;
    this.gateway = gateway;
  }

  static GatewayBench open(Path folder) {
    return open(folder, new InMemoryJobJournal(), service -> service, gateway -> gateway);
  }

  static GatewayBench open(
      Path folder,
      JobJournal journal,
      UnaryOperator<VideoGenerationBuilder> service,
      UnaryOperator<GatewayBuilder> gateway) {
    return open(
        folder,
        FakeTokenHub.builder().start(),
        true,
        journal,
        new InMemoryAccessKeyStore(),
        new InMemoryReplayStore(),
        service,
        gateway);
  }

  /** With a journal on disk, over somebody else's provider: may be closed and opened again. */
  static GatewayBench onDisk(Path folder, FakeTokenHub hub) {
    JdbcJobJournal journal = JdbcJobJournal.sqlite(folder.resolve("jobs.db"));
    return open(
        folder,
        hub,
        false,
        journal,
        journal.accessKeys(),
        journal.replays(),
        service -> service,
        gateway -> gateway);
  }

  private static GatewayBench open(
      Path folder,
      FakeTokenHub hub,
      boolean ownHub,
      JobJournal journal,
      AccessKeyStore keyStore,
      ReplayStore replays,
      UnaryOperator<VideoGenerationBuilder> service,
      UnaryOperator<GatewayBuilder> gateway) {
    JobFeed feed = new JobFeed();
    Path clips = folder.resolve("clips");
    VideoGeneration videos =
        service
            .apply(
                VideoGenerationService.builder()
                    .provider(
                        TokenHub.provider(
                            ApiKey.of("th-test"),
                            hub.baseUrl(),
                            HttpOptions.builder().allowLoopback(true).build()))
                    .journal(journal)
                    .pollPlan(PollPlan.immediate())
                    .clipFiles(job -> clips.resolve(job.id() + ".mp4"))
                    .onEvent(feed))
            .build();
    AccessKeys keys = AccessKeyService.on(keyStore);
    return new GatewayBench(
        hub,
        ownHub,
        videos,
        keys,
        gateway
            .apply(
                Gateway.builder()
                    .videos(videos)
                    .feed(feed)
                    .keys(keys)
                    .replays(ReplayService.on(replays))
                    .linkSecret(new byte[32])
                    .uploads(folder.resolve("uploads"))
                    .clips(clips)
                    .minFree(0)
                    .port(0))
            .start());
  }

  /** A client of that tenant. */
  Client tenant(String name) {
    return new Client(keys.issue(new TenantId(name), Role.TENANT, null, Set.of()).secret());
  }

  /** A client that may do all. */
  Client admin() {
    return new Client(keys.issue(new TenantId("root"), Role.ADMIN, null, Set.of()).secret());
  }

  /** The guide's first request, with another prompt. */
  static Map<String, Object> request(String prompt) {
    return Map.of(
        "model",
        "doubao-seedance-2.0",
        "prompt",
        prompt,
        "duration",
        5,
        "resolution",
        "720p",
        "aspect_ratio",
        "16:9",
        "watermark",
        false);
  }

  @Override
  public void close() {
    gateway.close();
    if (ownHub) {
      hub.close();
    }
  }

  /** Calls with one key. */
  final class Client {
    final String secret;

    Client(String secret) {
      this.secret = secret;
    }

    Answer get(String path, String... headers) {
      return send(request(path, headers).GET());
    }

    Answer post(String path, Object body, String... headers) {
      String text = body instanceof String raw ? raw : JsonWriter.write(body);
      return send(
          request(path, headers)
              .setHeader("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(text)));
    }

    Answer call(String method, String path, byte[] body, String... headers) {
      return send(
          request(path, headers)
              .method(
                  method,
                  body.length == 0
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    Answer upload(byte[] body, String type) {
      return call("POST", "/api/v1/uploads", body, "Content-Type", type);
    }

    /** Opens a stream of events. */
    Listening listen(String path, String... headers) {
      try {
        return new Listening(
            HTTP.send(request(path, headers).build(), HttpResponse.BodyHandlers.ofInputStream()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    Answer create(String prompt, String... headers) {
      return post(GENERATIONS, GatewayBench.request(prompt), headers);
    }

    /** A picture to upload. */
    HttpRequest.Builder picture(byte[] png, String type) {
      return request("/api/v1/uploads")
          .setHeader("Content-Type", type)
          .POST(HttpRequest.BodyPublishers.ofByteArray(png));
    }

    /** Waits until a job of this client's ended. */
    Answer ended(String id) {
      videos.await(new io.github.seedance4j.job.JobId(id), Duration.ofSeconds(30));
      return get(GENERATIONS + "/" + id);
    }

    private HttpRequest.Builder request(String path, String... headers) {
      URI address =
          path.startsWith("http") ? URI.create(path) : URI.create(gateway.address() + path);
      HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(60));
      if (!secret.isEmpty()) {
        request.header("Authorization", "Bearer " + secret);
      }
      if (headers.length > 0) {
        request.headers(headers);
      }
      return request;
    }

    Answer send(HttpRequest.Builder request) {
      try {
        return new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Events as they come. */
  record Listening(HttpResponse<InputStream> response, BufferedReader lines)
      implements AutoCloseable {

    /** One event; a comment's name is empty. */
    record Event(String id, String name, String data) {

      Object at(String member) {
        return JsonReader.read(data).tree() instanceof Map<?, ?> map ? map.get(member) : null;
      }
    }

    Listening(HttpResponse<InputStream> response) {
      this(response, new BufferedReader(new InputStreamReader(response.body(), UTF_8)));
    }

    /** The next one, comments too; null at the end. */
    Event nextOfAny() {
      try {
        String id = "";
        String name = "";
        String data = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.isEmpty()) {
            return new Event(id, name, data);
          } else if (line.startsWith("id: ")) {
            id = line.substring(4);
          } else if (line.startsWith("event: ")) {
            name = line.substring(7);
          } else if (line.startsWith("data: ")) {
            data = line.substring(6);
          }
        }
        return null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The next one of that name; null at the end. */
    Event next(String name) {
      Event event = nextOfAny();
      while (event != null && !event.name().equals(name)) {
        event = nextOfAny();
      }
      return event;
    }

    Event next() {
      return next("generation");
    }

    /** Until one whose member has that value. */
    Event until(String member, Object value) {
      Event event = next();
      while (event != null && !value.equals(event.at(member))) {
        event = next();
      }
      return event;
    }

    @Override
    public void close() {
      try {
        response.body().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What came back. */
  record Answer(HttpResponse<byte[]> response) {

    int status() {
      return response.statusCode();
    }

    String text() {
      return new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** The member at that path, such as {@code data.0.video_url}; null where there is none. */
    Object at(String path) {
      Object value = JsonReader.read(text()).tree();
      for (String step : path.split("\\.")) {
        if (value instanceof java.util.List<?> list) {
          value = Integer.parseInt(step) < list.size() ? list.get(Integer.parseInt(step)) : null;
        } else {
          value = value instanceof Map<?, ?> map ? map.get(step) : null;
        }
      }
      return value;
    }

    String id() {
      return String.valueOf(at("id"));
    }
  }
}
