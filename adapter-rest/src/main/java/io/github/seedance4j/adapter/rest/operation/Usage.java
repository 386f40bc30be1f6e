package io.github.seedance4j.adapter.rest.operation;

import io.github.seedance4j.adapter.rest.exchange.Caller;
import io.github.seedance4j.adapter.rest.exchange.JobPages;
import io.github.seedance4j.adapter.rest.exchange.Json;
import io.github.seedance4j.adapter.rest.exchange.Language;
import io.github.seedance4j.adapter.rest.exchange.Places;
import io.github.seedance4j.adapter.rest.form.Forms;
import io.github.seedance4j.adapter.rest.form.UsageQuery;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.BudgetUse;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.pricing.Money;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/usage}: what was spent and is held, and what the caps leave; as CSV, a line
 * for each generation. A tenant sees its own; an admin all, or one tenant's. Thread-safe.
 */
public final class Usage {

  private static final String HEAD =
      "id,tenant,created,model,resolution,seconds,state,currency,quoted,counted,basis\n";

  /** A table holds a worker as long as its reader takes, which may be hours. */
  private static final int TABLES = 8;

  private static final int OF_ONE_TENANT = 2;

  private final VideoGeneration videos;
  private final Forms forms;
  private final Clock clock;
  private final Places places = new Places("tables are being read", TABLES, OF_ONE_TENANT);

  public Usage(VideoGeneration videos, Forms forms, Clock clock) {
    this.videos = videos;
    this.forms = forms;
    this.clock = clock;
  }

  /** Answers the request. */
  public void tell(Context request, Caller caller) throws IOException {
    UsageQuery query = new UsageQuery(request.queryParam("format"), request.queryParam("tenant"));
    forms.require(query, Language.of(request));
    String tenant = caller.only().orElse(query.tenant());
    if ("csv".equals(query.format())) {
      Places.Place place = places.take(caller.tenant());
      try {
        csv(request, tenant);
      } finally {
        place.close();
      }
    } else {
      request.contentType(Json.CONTENT_TYPE).result(Json.write(sums(tenant)));
    }
  }

  private Map<String, Object> sums(@Nullable String tenant) {
    Instant now = clock.instant();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("object", "usage");
    if (tenant != null) {
      tree.put("tenant", tenant);
    }
    Spend ever = videos.spend(Instant.EPOCH, tenant);
    tree.put("currency", ever.held().currency().getCurrencyCode());
    for (Budget.Period period : Budget.Period.values()) {
      Instant since = new Budget(Money.zero(ever.held().currency()), period, null).since(now);
      tree.put(period.name().toLowerCase(Locale.ROOT), spend(videos.spend(since, tenant)));
    }
    tree.put(
        "caps",
        videos.budgets().stream()
            .filter(use -> tenant == null || tenant.equals(use.budget().label()))
            .map(Usage::cap)
            .toList());
    return tree;
  }

  private static Map<String, Object> spend(Spend spend) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("spent", spend.settled().plain());
    tree.put("held", spend.held().plain());
    tree.put("unconfirmed", spend.unconfirmed().plain());
    tree.put("stated", spend.stated().plain());
    return tree;
  }

  private static Map<String, Object> cap(BudgetUse use) {
    Map<String, Object> tree = new LinkedHashMap<>();
    String label = use.budget().label();
    if (label != null) {
      tree.put("tenant", label);
    }
    tree.put("period", use.budget().period().name().toLowerCase(Locale.ROOT));
    tree.put("cap", use.budget().cap().plain());
    tree.put("used", use.spend().total().plain());
    tree.put("left", use.left().plain());
    return tree;
  }

  private void csv(Context request, @Nullable String tenant) throws IOException {
    request.contentType("text/csv; charset=utf-8");
    request.header("Content-Disposition", "attachment; filename=\"usage.csv\"");
    OutputStream out = request.outputStream();
    out.write(HEAD.getBytes(StandardCharsets.UTF_8));
    JobQuery query = tenant == null ? JobQuery.all() : JobQuery.all().labelled(tenant);
    try {
      JobPages.each(videos, query, Integer.MAX_VALUE, job -> write(out, line(job)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void write(OutputStream out, String line) {
    try {
      out.write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(Job job) {
    return Stream.of(
                job.id().value(),
                job.label().orElse(""),
                job.createdAt().toString(),
                job.draft().model().orElse(""),
                job.draft().resolution().orElse(""),
                job.draft().duration().map(seconds -> seconds.toPlainString()).orElse(""),
                job.state().name(),
                job.quote().map(quote -> quote.high().currency().getCurrencyCode()).orElse(""),
                job.quote().map(quote -> quote.high().plain()).orElse(""),
                job.counted().map(Money::plain).orElse(""),
                job.bill().map(bill -> bill.basis().name()).orElse("HELD"))
            .map(Usage::cell)
            .collect(Collectors.joining(","))
        + "\n";
  }

  /** Quoted where it has to be; what a table program would run as a formula is text. */
  private static String cell(String text) {
    String safe = text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    return safe.matches("[^\",\r\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
