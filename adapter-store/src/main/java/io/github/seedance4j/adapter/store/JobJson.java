package io.github.seedance4j.adapter.store;

import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.pricing.Bill;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.Strictness;
import io.github.seedance4j.task.ClipLength;
import io.github.seedance4j.task.TaskId;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole job as one JSON text and back, exactly: figures are strings of decimals, moments ISO
 * texts with all their nanoseconds. What is absent is left out; what a later version added is not
 * looked at.
 */
final class JobJson {

  /** Our own texts, which may hold pictures as {@code data:} addresses. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** For half a surrogate pair, which no database's text can hold as it is. */
  private static final JsonMapper ASCII =
      JsonMapper.builder(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
          .build();

  private JobJson() {}

  static String write(Job job) {
    Map<String, Object> tree = tree(job);
    String text = MAPPER.writeValueAsString(tree);
    return Texts.isStorable(text) ? text : ASCII.writeValueAsString(tree);
  }

  /**
   * @throws IllegalStateException if it is no job that this version could have written
   */
  static Job read(String text) {
    try {
      return job(new JsonTree(MAPPER.readValue(text, Map.class)));
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      throw new IllegalStateException(
          "a record of the journal can't be read; restore it from a backup: " + reason(e), e);
    }
  }

  /** A parser quotes what it read, which may be a signed address: the first words are enough. */
  private static String reason(RuntimeException e) {
    return e instanceof JacksonException
        ? e.getClass().getSimpleName()
        : String.valueOf(e.getMessage());
  }

  private static Map<String, Object> tree(Job job) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", job.id().value());
    tree.put("version", job.version());
    tree.put("state", job.state().name());
    tree.put("provider", job.account().provider());
    tree.put("baseUrl", job.account().baseUrl());
    tree.put("fingerprint", job.account().fingerprint());
    tree.put("draft", job.draft().toMap());
    if (!job.draft().extras().isEmpty()) {
      tree.put("extras", new ArrayList<>(job.draft().extras().keySet()));
    }
    tree.put("strictness", job.strictness().name());
    job.quote().ifPresent(quote -> tree.put("quote", MoneyJson.tree(quote)));
    tree.put("createdAt", job.createdAt().toString());
    tree.put("changedAt", job.changedAt().toString());
    job.idempotencyKey().ifPresent(key -> tree.put("idempotencyKey", key));
    job.label().ifPresent(label -> tree.put("label", label));
    job.clipTarget().ifPresent(target -> tree.put("clipTarget", target.toString()));
    job.bodySha256().ifPresent(digest -> tree.put("bodySha256", digest));
    tree.put("authorisations", job.authorisations());
    tree.put("authorisedAt", job.authorisedAt().toString());
    tree.put("attempts", job.attempts());
    job.dueAt().ifPresent(due -> tree.put("dueAt", due.toString()));
    job.taskId().ifPresent(id -> tree.put("taskId", id.value()));
    job.task().ifPresent(task -> tree.put("task", TaskJson.tree(task)));
    job.fault().ifPresent(fault -> tree.put("fault", TaskJson.tree(fault)));
    job.note().ifPresent(note -> tree.put("note", note));
    job.clip().ifPresent(clip -> tree.put("clip", tree(clip)));
    job.bill().ifPresent(bill -> tree.put("bill", tree(bill)));
    return tree;
  }

  private static Map<String, Object> tree(Bill bill) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("amount", bill.amount().toString());
    tree.put("basis", bill.basis().name());
    return tree;
  }

  private static Map<String, Object> tree(Clip clip) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("path", clip.path().toString());
    tree.put("bytes", clip.bytes());
    tree.put("sha256", clip.sha256());
    tree.put("ticks", clip.length().ticks());
    tree.put("ticksPerSecond", clip.length().ticksPerSecond());
    return tree;
  }

  private static Job job(JsonTree tree) {
    ProviderAccount account =
        new ProviderAccount(tree.text("provider"), tree.text("baseUrl"), tree.text("fingerprint"));
    return Job.intended(new JobId(tree.text("id")), account, draft(tree), tree.instant("createdAt"))
        .version(tree.whole("version"))
        .state(tree.constant("state", JobState.class), tree.instant("changedAt"))
        .strictness(tree.constant("strictness", Strictness.class))
        .quote(tree.has("quote") ? MoneyJson.quote(tree.object("quote")) : null)
        .idempotencyKey(tree.textOrNull("idempotencyKey"))
        .label(tree.textOrNull("label"))
        .clipTarget(tree.has("clipTarget") ? Path.of(tree.text("clipTarget")) : null)
        .bodySha256(tree.textOrNull("bodySha256"))
        .authorisations((int) tree.whole("authorisations"))
        .authorisedAt(tree.instant("authorisedAt"))
        .attempts((int) tree.whole("attempts"))
        .dueAt(tree.instantOrNull("dueAt"))
        .taskId(tree.has("taskId") ? new TaskId(tree.text("taskId")) : null)
        .task(tree.has("task") ? TaskJson.task(tree.object("task")) : null)
        .fault(tree.has("fault") ? TaskJson.fault(tree.object("fault")) : null)
        .note(tree.textOrNull("note"))
        .clip(tree.has("clip") ? clip(tree.object("clip")) : null)
        .bill(tree.has("bill") ? bill(tree.object("bill")) : null)
        .done();
  }

  private static GenerationDraft draft(JsonTree tree) {
    Set<String> extras = new LinkedHashSet<>();
    if (tree.has("extras")) {
      tree.list("extras").forEach(name -> extras.add(String.valueOf(name)));
    }
    return GenerationDraft.read(tree.object("draft").asMap(), extras);
  }

  private static Clip clip(JsonTree tree) {
    return new Clip(
        Path.of(tree.text("path")),
        tree.whole("bytes"),
        tree.text("sha256"),
        new ClipLength(tree.whole("ticks"), tree.whole("ticksPerSecond")));
  }

  private static Bill bill(JsonTree tree) {
    return new Bill(tree.money("amount"), tree.constant("basis", Bill.Basis.class));
  }
}
