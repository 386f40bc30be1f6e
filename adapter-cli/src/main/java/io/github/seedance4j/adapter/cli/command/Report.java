package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.text.Json;
import io.github.seedance4j.adapter.cli.text.QuoteText;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.request.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one JSON object that a run with {@code --json} writes. */
public final class Report {

  private final Map<String, @Nullable Object> json = new LinkedHashMap<>();

  /**
   * What is known of a job. The provider's signed link is left out: whoever has it has the clip.
   */
  public Report job(Job job) {
    json.put("task", job.taskId().map(Object::toString).orElse(null));
    json.put("job", job.id());
    json.put("state", job.state().name().toLowerCase(Locale.ROOT));
    if (Access.isOwnSandbox(job.account())) {
      json.put("sandbox", true); // and none of its sums is real money
    }
    job.quote().ifPresent(quote -> json.put("quote", QuoteText.json(quote)));
    job.bill().ifPresent(bill -> json.put("cost", cost(bill)));
    return this;
  }

  /** What lists of jobs tell beside that. */
  public Report details(Job job) {
    json.put("label", job.label().orElse(null));
    json.put("model", job.draft().model().orElse(null));
    json.put("created", job.createdAt());
    json.put("changed", job.changedAt());
    JobText.held(job).ifPresent(held -> json.put("held", amount(held)));
    job.linkDiesAt().ifPresent(time -> json.put("link_dies", time));
    json.put("file", job.clip().map(clip -> clip.path().toAbsolutePath().toString()).orElse(null));
    json.put("note", job.reason().orElse(null));
    return this;
  }

  /** What was asked for, and how often. */
  public Report request(Job job) {
    json.put("base_url", job.account().baseUrl());
    json.put("key_fingerprint", job.account().fingerprint());
    json.put("purged", job.isPurged());
    json.put("prompt", job.draft().prompt().orElse(null));
    json.put("create_calls", (long) job.attempts());
    json.put("charges_agreed_to", (long) job.authorisations());
    json.put("body_sha256", job.bodySha256().orElse(null));
    json.put("clip_target", job.clipTarget().map(Object::toString).orElse(null));
    job.excess().ifPresent(excess -> json.put("excess", amount(excess)));
    return this;
  }

  public Report clip(Clip clip) {
    json.put("file", clip.path().toAbsolutePath().toString());
    json.put("bytes", clip.bytes());
    json.put("seconds", clip.length().seconds());
    json.put("sha256", clip.sha256());
    return this;
  }

  public Report violations(List<Finding> violations, List<Finding> advice) {
    json.putAll(QuoteText.json(1, violations, advice, null));
    json.remove("line");
    return this;
  }

  public Report ending(Ending ending) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", ending.code());
    error.put("message", Access.withoutKeys(ending.what()));
    error.put("next", ending.next().stream().map(Access::withoutKeys).toList());
    json.put("error", error);
    return this;
  }

  public Report put(String name, @Nullable Object value) {
    json.put(name, value);
    return this;
  }

  public String line() {
    return Json.write(json);
  }

  static Map<String, Object> amount(Money money) {
    Map<String, Object> amount = new LinkedHashMap<>();
    amount.put("amount", money.plain());
    amount.put("currency", money.currency().getCurrencyCode());
    return amount;
  }

  static Map<String, Object> cost(Bill bill) {
    Map<String, Object> cost = amount(bill.amount());
    cost.put("basis", bill.basis().name().toLowerCase(Locale.ROOT));
    return cost;
  }
}
