package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.port.out.ReplayStore;
import io.github.seedance4j.tenant.StoredAnswer;
import io.github.seedance4j.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Exchanger;

/** A store of answers with nothing wrong, to be broken in one way; its records outlive it. */
class PlainReplayStore implements ReplayStore {

  /** What all processes see, and where two of them meet. */
  static final class Records {
    final Map<String, Entry> entries = new ConcurrentHashMap<>();
    final Exchanger<Object> meeting = new Exchanger<>();
  }

  final Records records;

  PlainReplayStore() {
    this(new Records());
  }

  PlainReplayStore(Records records) {
    this.records = records;
  }

  /** What a process beside this one gets. */
  ReplayStore another() {
    return this;
  }

  /** What keeps others out between a look and a deed. */
  Object lock() {
    return records;
  }

  /** Between a look at what is there, if anything, and a deed. */
  void linger(boolean thereIsOne) {}

  String place(TenantId tenant, String key) {
    return tenant + "\n" + key;
  }

  boolean isLapsed(Entry standing, Entry next, Instant before) {
    return standing.answer() == null
        && standing.takenAt().isBefore(before)
        && standing.bodySha256().equals(next.bodySha256());
  }

  boolean isOld(Entry standing, Instant before) {
    return standing.takenAt().isBefore(before);
  }

  Entry kept(Entry next) {
    return next;
  }

  @Override
  public Optional<Entry> take(Entry entry, Instant lapsedBefore, Instant forgottenBefore) {
    synchronized (lock()) {
      String place = place(entry.tenant(), entry.key());
      Entry standing = records.entries.get(place);
      if (standing != null
          && !isLapsed(standing, entry, lapsedBefore)
          && !isOld(standing, forgottenBefore)) {
        return Optional.of(standing);
      }
      linger(standing != null);
      records.entries.put(place, kept(entry));
      return Optional.empty();
    }
  }

  boolean mayAnswer(Entry standing, String owner) {
    return standing.owner().equals(owner) && standing.answer() == null;
  }

  StoredAnswer kept(StoredAnswer answer) {
    return answer;
  }

  @Override
  public boolean answer(TenantId tenant, String key, String owner, StoredAnswer answer) {
    synchronized (lock()) {
      Entry standing = records.entries.get(place(tenant, key));
      if (standing == null || !mayAnswer(standing, owner)) {
        return false;
      }
      records.entries.put(place(tenant, key), ReplayEntries.answered(standing, kept(answer)));
      return true;
    }
  }

  boolean mayRemove(Entry standing, String owner) {
    return standing.owner().equals(owner) && standing.answer() == null;
  }

  @Override
  public void remove(TenantId tenant, String key, String owner) {
    synchronized (lock()) {
      Entry standing = records.entries.get(place(tenant, key));
      if (standing != null && mayRemove(standing, owner)) {
        records.entries.remove(place(tenant, key));
      }
    }
  }

  boolean isToGo(Entry entry, Instant takenBefore) {
    return entry.takenAt().isBefore(takenBefore);
  }

  int most() {
    return 500;
  }

  @Override
  public int forget(Instant takenBefore) {
    synchronized (lock()) {
      List<String> old =
          records.entries.entrySet().stream()
              .filter(entry -> isToGo(entry.getValue(), takenBefore))
              .limit(most())
              .map(Map.Entry::getKey)
              .toList();
      old.forEach(records.entries::remove);
      return old.size();
    }
  }
}
