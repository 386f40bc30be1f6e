package io.github.seedance4j.adapter.rest.upload;

import io.github.seedance4j.adapter.rest.access.SignedLinks;
import io.github.seedance4j.adapter.rest.content.FileServing;
import io.github.seedance4j.adapter.rest.content.OpenFile;
import io.github.seedance4j.adapter.rest.exchange.Caller;
import io.github.seedance4j.adapter.rest.exchange.Json;
import io.github.seedance4j.adapter.rest.exchange.Language;
import io.github.seedance4j.adapter.rest.exchange.Places;
import io.github.seedance4j.adapter.rest.exchange.Problem;
import io.github.seedance4j.adapter.rest.exchange.ProblemType;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /api/v1/uploads}: files that callers bring, told apart by their bytes, which become links
 * that anybody who has one can read for a day. Only whole files are ever seen. Thread-safe.
 */
public final class Uploads {

  /** How long they are kept unless somebody says otherwise. */
  public static final Duration KEPT = Duration.ofDays(7);

  /** How many bytes a tenant may have there unless somebody says otherwise. */
  public static final long QUOTA = 2L << 30;

  private static final System.Logger LOG = System.getLogger("io.github.seedance4j.gateway");
  private static final int MOST_AT_ONCE = 16;
  private static final int OF_ONE_TENANT = 8;
  private static final int MOST_LISTED = 100;
  private static final long MEBIBYTE = 1 << 20;
  private static final Duration SOON = Duration.ofSeconds(30);

  /** No upload takes as long: what is older was left by a process that died. */
  private static final Duration LONGEST = Duration.ofHours(6);

  private final Shelf shelf;
  private final Duration keep;
  private final UploadView view;
  private final Supplier<Optional<Problem>> trouble;
  private final Places places = new Places("uploads come in", MOST_AT_ONCE, OF_ONE_TENANT);

  /**
   * @param directory where they lie; made when the first one comes
   * @param quota how many bytes each tenant may have there
   * @param keep how long they are kept
   * @param nearProvider whether the provider runs on this machine, where it reaches loopback links
   * @param trouble why nothing may be taken in just now, if so
   */
  public Uploads(
      Path directory,
      long quota,
      Duration keep,
      boolean nearProvider,
      SignedLinks links,
      Supplier<Optional<Problem>> trouble) {
    this.shelf = new Shelf(directory, quota);
    this.keep = keep;
    this.view = new UploadView(links, keep, nearProvider);
    this.trouble = trouble;
  }

  /** {@code POST /api/v1/uploads}. */
  public void create(Context request, Caller caller) {
    String tenant = caller.tenant();
    Reception reception = Reception.of(request);
    trouble
        .get()
        .ifPresent(
            problem -> {
              throw problem.refusal();
            });
    long announced = request.req().getContentLengthLong();
    long bytes = announced < 0 ? reception.most() : announced;
    Places.Place place = places.take(tenant);
    try {
      reserve(tenant, bytes);
      try {
        request.status(201).contentType(Json.CONTENT_TYPE);
        request.result(Json.write(take(request, tenant, reception)));
      } finally {
        shelf.giveBack(tenant, bytes);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "an upload could not be kept", e);
      throw Problem.of(ProblemType.DISK_LOW, "The file could not be kept.")
          .retryAfter(SOON)
          .refusal();
    } finally {
      place.close();
    }
  }

  private void reserve(String tenant, long bytes) throws IOException {
    Optional<Long> left = shelf.reserve(tenant, bytes);
    if (left.isPresent()) {
      throw Problem.of(
              ProblemType.TOO_LARGE,
              "Your uploads may have "
                  + left.get() / MEBIBYTE
                  + " MB more: delete some, or wait until they are kept no longer.")
          .refusal();
    }
  }

  private Map<String, Object> take(Context request, String tenant, Reception reception)
      throws IOException {
    Path file = shelf.begin(tenant);
    try {
      Reception.Received received = reception.take(request, file);
      Shelf.Item item = shelf.finish(file, UploadId.create(received.facts().format()));
      return view.of(item, received, Language.of(request));
    } finally {
      Files.deleteIfExists(file); // it has another name by now, if it is whole
    }
  }

  /** {@code GET} and {@code HEAD /api/v1/uploads/{id}}. */
  public void get(Context request, Caller caller) {
    Shelf.Item item = find(request, caller);
    OpenFile file = OpenFile.within(shelf.root(), item.path()).orElseThrow(Uploads::nothing);
    String name = item.id().value();
    FileServing.answer(
        request,
        file,
        new FileServing.Face(item.id().format().mimeType(), "\"" + name + "\"", name));
  }

  /** {@code GET /api/v1/uploads}: a tenant's newest, under new links. */
  public void list(Context request, Caller caller) {
    List<Object> data = new ArrayList<>();
    List<Shelf.Item> items = reading(() -> shelf.list(caller.tenant()));
    items.stream().limit(MOST_LISTED).forEach(item -> data.add(view.of(item)));
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("object", "list");
    tree.put("data", data);
    tree.put("has_more", items.size() > MOST_LISTED);
    request.contentType(Json.CONTENT_TYPE).result(Json.write(tree));
  }

  /** {@code DELETE /api/v1/uploads/{id}}. Links to it lead nowhere from then on. */
  public void delete(Context request, Caller caller) {
    Shelf.Item item = find(request, caller);
    if (!reading(() -> Files.deleteIfExists(item.path()))) {
      throw nothing();
    }
    request.status(204);
  }

  /**
   * Deletes what was kept long enough, and what never became whole.
   *
   * @return how many files that were
   */
  public int sweep(Instant now) {
    return reading(() -> shelf.sweep(now.minus(keep), now.minus(LONGEST)));
  }

  private Shelf.Item find(Context request, Caller caller) {
    UploadId id = UploadId.of(request.pathParam("id")).orElseThrow(Uploads::nothing);
    boolean any = !caller.hasKey() || caller.isAdmin();
    Optional<Shelf.Item> item =
        reading(() -> any ? shelf.find(id) : shelf.find(caller.tenant(), id));
    return item.orElseThrow(Uploads::nothing);
  }

  private interface Reading<T> {
    T now() throws IOException;
  }

  private static <T> T reading(Reading<T> reading) {
    try {
      return reading.now();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RuntimeException nothing() {
    return Problem.of(ProblemType.NOT_FOUND, "There is no upload of that id.").refusal();
  }
}
