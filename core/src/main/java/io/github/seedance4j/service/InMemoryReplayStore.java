package io.github.seedance4j.service;

import io.github.seedance4j.port.out.ReplayStore;
import io.github.seedance4j.tenant.StoredAnswer;
import io.github.seedance4j.tenant.TenantId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers that are forgotten with the process: for tests, and beside {@link InMemoryJobJournal}.
 */
public final class InMemoryReplayStore implements ReplayStore {

  private static final int MOST_FORGOTTEN = 500;

  private final Map<Place, Entry> entries = new HashMap<>();

  private record Place(TenantId tenant, String key) {}

  /** A store without answers. */
  public InMemoryReplayStore() {}

  @Override
  public synchronized Optional<Entry> take(
      Entry entry, Instant lapsedBefore, Instant forgottenBefore) {
    Place place = new Place(entry.tenant(), entry.key());
    Entry standing = entries.get(place);
    if (standing != null && !givesWay(standing, entry, lapsedBefore, forgottenBefore)) {
      return Optional.of(standing);
    }
    entries.put(place, entry);
    return Optional.empty();
  }

  private static boolean givesWay(
      Entry standing, Entry entry, Instant lapsedBefore, Instant forgottenBefore) {
    boolean lapsed = standing.answer() == null && standing.takenAt().isBefore(lapsedBefore);
    return standing.takenAt().isBefore(forgottenBefore)
        || (lapsed && standing.bodySha256().equals(entry.bodySha256()));
  }

  @Override
  public synchronized boolean answer(
      TenantId tenant, String key, String owner, StoredAnswer answer) {
    Entry open = open(tenant, key, owner);
    if (open == null) {
      return false;
    }
    entries.put(
        new Place(tenant, key),
        new Entry(tenant, key, open.bodySha256(), owner, open.takenAt(), answer));
    return true;
  }

  @Override
  public synchronized void remove(TenantId tenant, String key, String owner) {
    if (open(tenant, key, owner) != null) {
      entries.remove(new Place(tenant, key));
    }
  }

  /** That owner's entry, if it has no answer yet. */
  private @Nullable Entry open(TenantId tenant, String key, String owner) {
    Entry entry = entries.get(new Place(tenant, key));
    return entry != null && entry.owner().equals(owner) && entry.answer() == null ? entry : null;
  }

  @Override
  public synchronized int forget(Instant takenBefore) {
    List<Place> old =
        entries.entrySet().stream()
            .filter(entry -> entry.getValue().takenAt().isBefore(takenBefore))
            .limit(MOST_FORGOTTEN)
            .map(Map.Entry::getKey)
            .toList();
    old.forEach(entries::remove);
    return old.size();
  }
}
