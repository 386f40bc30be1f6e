package io.github.seedance4j.adapter.cli;

import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.request.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one JSON object that a run with {@code --json} writes. */
final class Report {

  private final Map<String, @Nullable Object> json = new LinkedHashMap<>();

  /**
   * What is known of a job. The provider's signed link is left out: whoever has it has the clip.
   */
  Report job(Job job) {
    json.put("task", job.taskId().map(Object::toString).orElse(null));
    json.put("job", job.id());
    json.put("state", job.state().name().toLowerCase(Locale.ROOT));
    job.quote().ifPresent(quote -> json.put("quote", QuoteText.json(quote)));
    job.bill().ifPresent(bill -> json.put("cost", cost(bill)));
    return this;
  }

  Report clip(Clip clip) {
    json.put("file", clip.path().toAbsolutePath().toString());
    json.put("bytes", clip.bytes());
    json.put("seconds", clip.length().seconds());
    json.put("sha256", clip.sha256());
    return this;
  }

  Report violations(List<Finding> violations, List<Finding> advice) {
    json.putAll(QuoteText.json(1, violations, advice, null));
    json.remove("line");
    return this;
  }

  Report ending(Ending ending) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", ending.code());
    error.put("message", ending.what());
    error.put("next", ending.next());
    json.put("error", error);
    return this;
  }

  Report put(String name, @Nullable Object value) {
    json.put(name, value);
    return this;
  }

  String line() {
    return Json.write(json);
  }

  private static Map<String, Object> cost(Bill bill) {
    Map<String, Object> cost = new LinkedHashMap<>();
    cost.put("amount", bill.amount().plain());
    cost.put("currency", bill.amount().currency().getCurrencyCode());
    cost.put("basis", bill.basis().name().toLowerCase(Locale.ROOT));
    return cost;
  }
}
