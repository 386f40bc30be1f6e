package io.github.seedance4j.adapter.rest.generation;

import io.github.seedance4j.adapter.rest.exchange.Caller;
import io.github.seedance4j.adapter.rest.exchange.JobPages;
import io.github.seedance4j.adapter.rest.exchange.Json;
import io.github.seedance4j.adapter.rest.exchange.Language;
import io.github.seedance4j.adapter.rest.exchange.Problem;
import io.github.seedance4j.adapter.rest.exchange.ProblemType;
import io.github.seedance4j.adapter.rest.form.Forms;
import io.github.seedance4j.adapter.rest.form.Listing;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.port.in.VideoGeneration;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads jobs: one, or a page of them. Thread-safe. */
public final class Generations {

  private static final String DEFAULT_LIMIT = "20";
  private static final String UNKNOWN_RETRY_SECONDS = "60";

  private final VideoGeneration videos;
  private final JobView view;
  private final Forms forms;

  public Generations(VideoGeneration videos, JobView view, Forms forms) {
    this.videos = videos;
    this.view = view;
    this.forms = forms;
  }

  /** {@code GET …/{id}}. */
  public void get(Context request, Caller caller) {
    answer(request, find(videos, request.pathParam("id"), caller));
  }

  void answer(Context request, Job job) {
    if (job.state() == JobState.UNKNOWN) {
      request.header("Retry-After", UNKNOWN_RETRY_SECONDS);
    }
    request.contentType(Json.CONTENT_TYPE).result(Json.write(view.of(job)));
  }

  /** {@code GET …}: newest first, a page at a time. */
  public void list(Context request, Caller caller) {
    Listing listing =
        new Listing(
            number(request, "limit", DEFAULT_LIMIT),
            request.queryParam("after"),
            request.queryParam("status"),
            request.queryParam("tenant"));
    forms.require(listing, Language.of(request));
    List<Object> data = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    JobPages.each(
        videos,
        query(listing, caller),
        listing.limit() + 1,
        job -> {
          ids.add(job.id().value());
          if (ids.size() <= listing.limit()) {
            data.add(view.of(job));
          }
        });
    boolean more = ids.size() > data.size();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("object", "list");
    tree.put("data", data);
    tree.put("has_more", more);
    if (more) {
      tree.put("next", ids.get(data.size() - 1));
    }
    request.contentType(Json.CONTENT_TYPE).result(Json.write(tree));
  }

  private JobQuery query(Listing listing, Caller caller) {
    JobQuery query = JobQuery.all();
    String label = caller.only().orElse(listing.tenant());
    if (label != null) {
      query = query.labelled(label);
    }
    if (listing.status() != null) {
      query = query.in(view.states(listing.status()));
    }
    // one that is not theirs is none: what comes behind it must not tell when it was
    return listing.after() == null
        ? query
        : query.behind(find(videos, listing.after(), caller).id());
  }

  private static int number(Context request, String name, String otherwise) {
    String text = Optional.ofNullable(request.queryParam(name)).orElse(otherwise);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw Problem.of(
              List.of(
                  new Problem.Violation(
                      "number-out-of-range", name, name + ": a whole number, such as 20")))
          .refusal();
    }
  }

  /**
   * The job of that id, if the caller may see it.
   *
   * @throws io.github.seedance4j.adapter.rest.exchange.Refusal as if there were none, if not
   */
  public static Job find(VideoGeneration videos, @Nullable String id, Caller caller) {
    return find(videos, id, caller::sees);
  }

  /** As above, of those that may be seen for other reasons than a key. */
  public static Job find(VideoGeneration videos, @Nullable String id, Predicate<Job> seen) {
    JobId name;
    try {
      name = new JobId(String.valueOf(id));
    } catch (IllegalArgumentException e) {
      throw nothing();
    }
    return videos.find(name).filter(seen).orElseThrow(Generations::nothing);
  }

  private static RuntimeException nothing() {
    return Problem.of(ProblemType.NOT_FOUND, "There is no generation of that id.").refusal();
  }
}
