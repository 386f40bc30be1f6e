package io.github.seedance4j.adapter.cli.serve;

import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.Gateways;
import io.github.seedance4j.adapter.cli.command.JobTable;
import io.github.seedance4j.adapter.cli.text.Json;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.port.in.AccessKeys;
import io.github.seedance4j.tenant.AccessKey;
import io.github.seedance4j.tenant.TenantId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds, lists and revokes the keys of a gateway's callers. */
final class ServeKeys {

  private static final List<String> HEAD =
      List.of("KEY", "TENANT", "ROLE", "PER MINUTE", "MADE", "REVOKED", "MORE FIELDS");

  private final ServeCommand command;
  private final KeyFlags flags;
  private final Gateways.Records records;
  private final Currency currency;
  private final boolean json;

  ServeKeys(
      ServeCommand command,
      KeyFlags flags,
      Gateways.Records records,
      Currency currency,
      boolean json) {
    this.command = command;
    this.flags = flags;
    this.records = records;
    this.currency = currency;
    this.json = json;
  }

  int run(String verb, List<String> names) {
    if (!verb.equals("add") && flags.used().isPresent()) {
      throw command.refused(flags.used().get() + " goes with: " + shown("add", "TENANT"));
    }
    switch (verb) {
      case "add" -> add(names);
      case "list" -> {
        if (!names.isEmpty()) {
          throw command.refused("write: " + shown("list"));
        }
        list();
      }
      case "revoke" -> revoke(names);
      default -> throw command.refused("there are add, list and revoke, not '" + verb + "'");
    }
    return ExitCode.DONE;
  }

  private String shown(String... words) {
    List<String> all = new ArrayList<>(List.of("serve", "keys"));
    all.addAll(List.of(words));
    return command.kept(all.toArray(String[]::new));
  }

  private void add(List<String> names) {
    if (names.size() != 1) {
      throw command.refused("write: " + shown("add", "TENANT"));
    }
    TenantId tenant = command.judged(() -> new TenantId(names.get(0)));
    AccessKeys.Issued issued =
        records.keys().issue(tenant, flags.role(), flags.perMinute(), flags.extraFields());
    Budget budget = flags.cap().map(cap -> cap.of(tenant.value(), currency)).orElse(null);
    if (budget != null) {
      records.videos().setBudget(budget);
    }
    if (json) {
      Map<String, @Nullable Object> line = entry(issued.key());
      line.put("key", issued.secret());
      command.result(Json.write(line));
    } else {
      command.result(issued.secret());
    }
    String id = issued.key().id();
    command.talk().say("That is " + id + " of tenant " + tenant + "; it is shown this once.");
    command.talk().say("Callers send it as: Authorization: Bearer sgw_…");
    command.talk().say("Take it back: " + shown("revoke", id));
    if (budget != null) {
      command.talk().say("From now on " + budget + " holds.");
    }
  }

  private void list() {
    List<AccessKey> keys = records.keys().list();
    if (json) {
      keys.forEach(key -> command.result(Json.write(entry(key))));
      return;
    }
    if (keys.isEmpty()) {
      command.talk().say("No keys yet. Make one: " + shown("add", "TENANT"));
      return;
    }
    List<List<String>> rows = new ArrayList<>(List.of(HEAD));
    keys.forEach(key -> rows.add(row(key)));
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(JobTable.pad(row.get(i), widths[i] + 2));
      }
      command.result(line.toString().stripTrailing());
    }
  }

  private static List<String> row(AccessKey key) {
    return List.of(
        key.id(),
        key.tenant().value(),
        key.role().name().toLowerCase(Locale.ROOT),
        key.perMinute() == null ? "-" : key.perMinute().toString(),
        key.createdAt().truncatedTo(ChronoUnit.SECONDS).toString(),
        key.revoked().map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("-"),
        String.join(",", key.extraFields().stream().sorted().toList()));
  }

  private static Map<String, @Nullable Object> entry(AccessKey key) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("id", key.id());
    entry.put("tenant", key.tenant().value());
    entry.put("role", key.role().name().toLowerCase(Locale.ROOT));
    entry.put("per_minute", key.perMinute());
    entry.put("extra_fields", key.extraFields().stream().sorted().toList());
    entry.put("created_at", key.createdAt().toString());
    entry.put("revoked_at", key.revoked().map(Object::toString).orElse(null));
    return entry;
  }

  /** All that are named, or none. */
  private void revoke(List<String> names) {
    if (names.isEmpty()) {
      throw command.refused("name the keys: " + shown("revoke", "KEY") + "; " + shown("list"));
    }
    List<AccessKey> all = records.keys().list();
    List<AccessKey> meant = names.stream().map(name -> named(all, name)).distinct().toList();
    for (AccessKey key : meant) {
      AccessKey revoked = records.keys().revoke(key.id()).orElse(key);
      if (json) {
        command.result(Json.write(entry(revoked)));
      }
      command.talk().say(key.id() + " of tenant " + key.tenant() + " counts no more.");
    }
  }

  private AccessKey named(List<AccessKey> all, String name) {
    List<AccessKey> found =
        all.stream()
            .filter(
                key ->
                    key.id().equals(name)
                        || (key.tenant().value().equals(name) && key.revoked().isEmpty()))
            .toList();
    if (found.isEmpty()) {
      throw command.refused("there is no key " + name + "; see: " + shown("list"));
    }
    if (found.size() > 1) {
      throw command.refused(
          name
              + " has several keys; name one by its id: "
              + String.join(", ", found.stream().map(AccessKey::id).toList()));
    }
    return found.get(0);
  }
}
