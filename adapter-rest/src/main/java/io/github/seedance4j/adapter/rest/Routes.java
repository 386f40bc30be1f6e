package io.github.seedance4j.adapter.rest;

import static io.github.seedance4j.adapter.rest.exchange.Route.Access.ADMIN;
import static io.github.seedance4j.adapter.rest.exchange.Route.Access.KEY;
import static io.github.seedance4j.adapter.rest.exchange.Route.Access.OPEN;
import static io.github.seedance4j.adapter.rest.exchange.Route.Access.SIGNED;
import static io.javalin.http.HandlerType.DELETE;
import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.HEAD;
import static io.javalin.http.HandlerType.POST;

import io.github.seedance4j.adapter.rest.access.Doorman;
import io.github.seedance4j.adapter.rest.access.RateLimits;
import io.github.seedance4j.adapter.rest.access.SignedLinks;
import io.github.seedance4j.adapter.rest.content.Contents;
import io.github.seedance4j.adapter.rest.events.EventStreams;
import io.github.seedance4j.adapter.rest.exchange.Problem;
import io.github.seedance4j.adapter.rest.exchange.ProblemType;
import io.github.seedance4j.adapter.rest.exchange.Problems;
import io.github.seedance4j.adapter.rest.exchange.Route;
import io.github.seedance4j.adapter.rest.form.Forms;
import io.github.seedance4j.adapter.rest.generation.Generations;
import io.github.seedance4j.adapter.rest.generation.JobView;
import io.github.seedance4j.adapter.rest.generation.Quotes;
import io.github.seedance4j.adapter.rest.generation.Resolutions;
import io.github.seedance4j.adapter.rest.generation.Submissions;
import io.github.seedance4j.adapter.rest.operation.Metrics;
import io.github.seedance4j.adapter.rest.operation.Models;
import io.github.seedance4j.adapter.rest.operation.Usage;
import io.github.seedance4j.adapter.rest.page.Page;
import io.github.seedance4j.adapter.rest.upload.Uploads;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.port.in.AccessKeys;
import io.github.seedance4j.port.in.Replays;
import io.github.seedance4j.port.in.VideoGeneration;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Every operation of the API, and how its requests come to it. */
final class Routes {

  private static final System.Logger LOG = System.getLogger("io.github.seedance4j.gateway");
  private static final String GENERATIONS = "/api/v1/videos/generations";

  /** They last as long as somebody watches. */
  private static final Set<String> STREAMS = Set.of("watchGeneration", "watchGenerations");

  private static final String BEGIN = "seedance.begin";
  private static final String ROUTE = "seedance.operation";

  private static final String UPLOADS = "/api/v1/uploads";

  private final Metrics metrics;
  private final Uploads uploads;
  private final EventStreams streams;
  private final JobFeed feed;
  private final Consumer<JobEvent> heard;
  private final Doorman doorman;
  private final List<Route> all;

  Routes(
      GatewayBuilder parts,
      Supplier<String> base,
      Supplier<Optional<Problem>> trouble,
      Metrics metrics) {
    this.metrics = metrics;
    VideoGeneration videos = GatewayBuilder.required(parts.videos, "videos");
    AccessKeys keys = GatewayBuilder.required(parts.keys, "keys");
    Replays replays = GatewayBuilder.required(parts.replays, "replays");
    SignedLinks links =
        new SignedLinks(GatewayBuilder.required(parts.linkSecret, "linkSecret"), base, parts.clock);
    Forms forms = new Forms(parts.catalog, parts.strictness);
    JobView view = new JobView(links, parts.unknownAs);
    Generations generations = new Generations(videos, view, forms);
    Submissions submissions = new Submissions(videos, replays, forms, trouble, parts.patience);
    Resolutions resolutions = new Resolutions(videos, generations, forms, trouble);
    Quotes quotes = new Quotes(videos, parts.catalog, forms);
    Contents contents = new Contents(videos, GatewayBuilder.required(parts.clips, "clips"));
    this.uploads =
        new Uploads(
            GatewayBuilder.required(parts.uploads, "uploads"),
            parts.uploadQuota,
            parts.keepUploads,
            parts.nearProvider,
            links,
            trouble);
    this.streams = new EventStreams(videos, keys, view, parts.clock, parts.streamTimes);
    this.feed = parts.feed;
    this.heard = streams::heard;
    feed.listen(heard);
    this.doorman = new Doorman(keys, new RateLimits(parts.clock), links);
    Page page = new Page();
    this.all =
        List.of(
            new Route(POST, GENERATIONS, "createGeneration", KEY, submissions::create),
            new Route(GET, GENERATIONS, "listGenerations", KEY, generations::list),
            // before those of one, or it would be taken for one
            new Route(GET, GENERATIONS + "/events", "watchGenerations", KEY, streams::watchAll),
            new Route(GET, GENERATIONS + "/{id}", "getGeneration", KEY, generations::get),
            new Route(GET, GENERATIONS + "/{id}/events", "watchGeneration", KEY, streams::watchOne),
            new Route(GET, GENERATIONS + "/{id}/content", "getContent", SIGNED, contents::get),
            new Route(HEAD, GENERATIONS + "/{id}/content", "headContent", SIGNED, contents::get),
            new Route(POST, UPLOADS, "createUpload", KEY, uploads::create),
            new Route(GET, UPLOADS, "listUploads", KEY, uploads::list),
            new Route(GET, UPLOADS + "/{id}", "getUpload", SIGNED, uploads::get),
            new Route(HEAD, UPLOADS + "/{id}", "headUpload", SIGNED, uploads::get),
            new Route(DELETE, UPLOADS + "/{id}", "deleteUpload", KEY, uploads::delete),
            new Route(
                POST,
                GENERATIONS + "/{id}/resolution",
                "resolveGeneration",
                KEY,
                resolutions::resolve),
            new Route(POST, "/api/v1/videos/quotes", "quote", KEY, quotes::quote),
            new Route(
                GET,
                "/api/v1/models",
                "listModels",
                KEY,
                new Models(parts.catalog, parts.tariff)::list),
            new Route(
                GET, "/api/v1/usage", "getUsage", KEY, new Usage(videos, forms, parts.clock)::tell),
            new Route(GET, "/metrics", "getMetrics", ADMIN, metrics::tell),
            new Route(GET, "/openapi.json", "getOpenApi", OPEN, new ApiDocument()::tell),
            new Route(GET, "/", "getPage", OPEN, page::index),
            new Route(GET, "/assets/{file}", "getPageFile", OPEN, page::asset));
  }

  List<Route> all() {
    return all;
  }

  /** For whoever sweeps. */
  Uploads uploads() {
    return uploads;
  }

  /** Ends what would never end by itself. */
  void close() {
    feed.leave(heard);
    streams.close();
  }

  /** Has the server take them, and answer with problems whatever goes wrong. */
  void register(RoutesConfig routes) {
    for (Route route : all) {
      register(routes, route.method(), route);
      // Javalin would answer every other HEAD with a 200, whoever asks, and ask nobody
      boolean own =
          all.stream().anyMatch(it -> it.method().equals(HEAD) && it.path().equals(route.path()));
      if (route.method().equals(GET) && !own) {
        if (STREAMS.contains(route.operation())) {
          routes.addHttpHandler(HEAD, route.path(), request -> refuseHead());
        } else {
          register(routes, HEAD, route);
        }
      }
    }
    routes.after(this::count);
    routes.exception(HttpResponseException.class, Routes::tell); // Javalin's own come first
    routes.exception(Exception.class, Routes::tell);
  }

  private void register(RoutesConfig routes, HandlerType method, Route route) {
    routes.addHttpHandler(
        method,
        route.path(),
        request -> {
          request.attribute(BEGIN, System.nanoTime());
          request.attribute(ROUTE, route.operation());
          route.endpoint().answer(request, doorman.admit(route, request));
        });
  }

  private static void refuseHead() {
    throw Problem.of(ProblemType.METHOD_NOT_ALLOWED, "A stream has no head to tell.").refusal();
  }

  private void count(Context request) {
    Long begin = request.attribute(BEGIN);
    String operation = request.attribute(ROUTE);
    if (begin != null && operation != null && !STREAMS.contains(operation)) {
      metrics.answered(operation, request.statusCode(), System.nanoTime() - begin);
    }
  }

  /**
   * Never throws: Javalin would have it handle what it threw, for ever. It would where a stream's
   * client is gone and the server has put the exchange away, so that nothing can be answered.
   */
  private static void tell(Exception failure, Context request) {
    try {
      if (request.res().isCommitted()) {
        return; // half an answer can't become another
      }
      Problem problem = Problems.of(failure, request);
      if (failure instanceof HttpResponseException http
          && problem.type() == ProblemType.METHOD_NOT_ALLOWED) {
        request.header("Allow", String.valueOf(http.getDetails().get("availableMethods")));
      }
      Problems.answer(request, problem);
    } catch (RuntimeException gone) {
      LOG.log(System.Logger.Level.DEBUG, "nobody to tell of " + failure, gone);
    }
  }
}
