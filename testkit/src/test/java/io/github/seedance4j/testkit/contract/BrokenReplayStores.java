package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.port.out.ReplayStore;
import io.github.seedance4j.tenant.StoredAnswer;
import io.github.seedance4j.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Stores of answers that go wrong in one way each. */
final class BrokenReplayStores {

  private BrokenReplayStores() {}

  static void rows(BrokenStores.Table<PlainReplayStore> table) {
    table.row("R01", "gives a key to whoever comes last", GivesToTheLast::new);
    table.row("R01", "gives a key to its owner again", GivesAgain::new);
    table.row("R01", "tells the caller of its own entry", TellsOfTheCaller::new);
    table.row("R02", "mixes tenants", MixesTenants::new);
    table.row("R02", "tells keys apart by no case", FoldsKeys::new);
    table.row("R02", "takes blanks off a key", StripsKeys::new);
    table.row("R03", "keeps the beginning of a key", CutsKeys::new);
    table.row("R04", "keeps an answer as text", KeepsText::new);
    table.row("R04", "keeps the beginning of a content type", CutsTheType::new);
    table.row("R05", "takes anybody's answer", TakesAnybodysAnswer::new);
    table.row("R06", "keeps the last answer", KeepsTheLast::new);
    table.row("R07", "removes anybody's entry", RemovesAnybodys::new);
    table.row("R07", "removes nothing", RemovesNothing::new);
    table.row("R08", "removes answers", RemovesAnswers::new);
    table.row("R09", "hands nothing over", HandsNothingOver::new);
    table.row("R09", "hands over to another body", HandsOverToAnyBody::new);
    table.row("R09", "hands over a moment too early", HandsOverEarly::new);
    table.row("R09", "hands over without a new owner", KeepsTheOwner::new);
    table.row("R10", "takes an answer for lapsed", LapsesAnswers::new);
    table.row("R10", "forgets a moment too early", ForgetsEarly::new);
    table.row("R11", "never forgets by itself", NeverOld::new);
    table.row("R11", "keeps the old answer", KeepsTheOldAnswer::new);
    table.row("R12", "removes what was taken at that moment", RemovesEarly::new);
    table.row("R12", "removes what has an answer alone", RemovesAnsweredAlone::new);
    table.row("R13", "looks, then takes", LooksThenTakes::new);
    table.row("R14", "looks, then takes over", LooksThenTakesOver::new);
    table.row("R15", "forgets all in one call", ForgetsAllAtOnce::new);
    table.row("R16", "looks, then forgets", LooksThenForgets::new);
    table.row("R17", "looks through a cache", ReadsThroughACache::new);
    table.row("R18", "looks beside another process, then takes", OneLockEach::new);
  }

  private static final class GivesToTheLast extends PlainReplayStore {
    @Override
    boolean isOld(Entry standing, Instant before) {
      return standing.answer() == null && !before.equals(Instant.EPOCH);
    }
  }

  private static final class GivesAgain extends PlainReplayStore {
    @Override
    public Optional<Entry> take(Entry entry, Instant lapsedBefore, Instant forgottenBefore) {
      return super.take(entry, lapsedBefore, forgottenBefore)
          .filter(standing -> !standing.equals(entry));
    }
  }

  private static final class TellsOfTheCaller extends PlainReplayStore {
    @Override
    public Optional<Entry> take(Entry entry, Instant lapsedBefore, Instant forgottenBefore) {
      return super.take(entry, lapsedBefore, forgottenBefore).map(standing -> entry);
    }
  }

  private static final class MixesTenants extends PlainReplayStore {
    @Override
    String place(TenantId tenant, String key) {
      return key;
    }
  }

  private static final class FoldsKeys extends PlainReplayStore {
    @Override
    String place(TenantId tenant, String key) {
      return super.place(tenant, key.toLowerCase(Locale.ROOT));
    }
  }

  private static final class StripsKeys extends PlainReplayStore {
    @Override
    String place(TenantId tenant, String key) {
      return super.place(tenant, key.strip());
    }
  }

  private static final class CutsKeys extends PlainReplayStore {
    @Override
    Entry kept(Entry next) {
      String key = next.key().substring(0, Math.min(next.key().length(), 250));
      return new Entry(
          next.tenant(), key, next.bodySha256(), next.owner(), next.takenAt(), next.answer());
    }
  }

  private static final class KeepsText extends PlainReplayStore {
    @Override
    StoredAnswer kept(StoredAnswer answer) {
      String text = new String(answer.body(), StandardCharsets.UTF_8);
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      return new StoredAnswer(answer.status(), answer.contentType(), body);
    }
  }

  private static final class CutsTheType extends PlainReplayStore {
    @Override
    StoredAnswer kept(StoredAnswer answer) {
      String type = answer.contentType().replaceAll(";.*", "");
      return new StoredAnswer(answer.status(), type, answer.body());
    }
  }

  private static final class TakesAnybodysAnswer extends PlainReplayStore {
    @Override
    boolean mayAnswer(Entry standing, String owner) {
      return standing.answer() == null;
    }
  }

  private static final class KeepsTheLast extends PlainReplayStore {
    @Override
    boolean mayAnswer(Entry standing, String owner) {
      return standing.owner().equals(owner);
    }
  }

  private static final class RemovesAnybodys extends PlainReplayStore {
    @Override
    boolean mayRemove(Entry standing, String owner) {
      return standing.answer() == null;
    }
  }

  private static final class RemovesNothing extends PlainReplayStore {
    @Override
    boolean mayRemove(Entry standing, String owner) {
      return false;
    }
  }

  private static final class RemovesAnswers extends PlainReplayStore {
    @Override
    boolean mayRemove(Entry standing, String owner) {
      return standing.owner().equals(owner);
    }
  }

  private static final class HandsNothingOver extends PlainReplayStore {
    @Override
    boolean isLapsed(Entry standing, Entry next, Instant before) {
      return false;
    }
  }

  private static final class HandsOverToAnyBody extends PlainReplayStore {
    @Override
    boolean isLapsed(Entry standing, Entry next, Instant before) {
      return standing.answer() == null && standing.takenAt().isBefore(before);
    }
  }

  private static final class HandsOverEarly extends PlainReplayStore {
    @Override
    boolean isLapsed(Entry standing, Entry next, Instant before) {
      return super.isLapsed(standing, next, before.plusNanos(1_000));
    }
  }

  private static final class KeepsTheOwner extends PlainReplayStore {
    @Override
    Entry kept(Entry next) {
      Entry before = records.entries.get(place(next.tenant(), next.key()));
      String owner = before == null ? next.owner() : before.owner();
      return new Entry(
          next.tenant(), next.key(), next.bodySha256(), owner, next.takenAt(), next.answer());
    }
  }

  private static final class LapsesAnswers extends PlainReplayStore {
    @Override
    boolean isLapsed(Entry standing, Entry next, Instant before) {
      return standing.takenAt().isBefore(before) && standing.bodySha256().equals(next.bodySha256());
    }
  }

  private static final class ForgetsEarly extends PlainReplayStore {
    @Override
    boolean isOld(Entry standing, Instant before) {
      return !standing.takenAt().isAfter(before);
    }
  }

  private static final class NeverOld extends PlainReplayStore {
    @Override
    boolean isOld(Entry standing, Instant before) {
      return false;
    }
  }

  private static final class KeepsTheOldAnswer extends PlainReplayStore {
    @Override
    Entry kept(Entry next) {
      Entry before = records.entries.get(place(next.tenant(), next.key()));
      StoredAnswer answer = before == null ? null : before.answer();
      return answer == null ? next : ReplayEntries.answered(next, answer);
    }
  }

  private static final class RemovesEarly extends PlainReplayStore {
    @Override
    boolean isToGo(Entry entry, Instant takenBefore) {
      return !entry.takenAt().isAfter(takenBefore);
    }
  }

  private static final class RemovesAnsweredAlone extends PlainReplayStore {
    @Override
    boolean isToGo(Entry entry, Instant takenBefore) {
      return entry.answer() != null && super.isToGo(entry, takenBefore);
    }
  }

  private static final class LooksThenTakes extends PlainReplayStore {
    @Override
    Object lock() {
      return new Object();
    }

    @Override
    void linger(boolean thereIsOne) {
      SoundJournal.linger(records.meeting);
    }
  }

  /** An empty place is taken under a lock. */
  private static final class LooksThenTakesOver extends PlainReplayStore {
    @Override
    public Optional<Entry> take(Entry entry, Instant lapsedBefore, Instant forgottenBefore) {
      Entry first = records.entries.putIfAbsent(place(entry.tenant(), entry.key()), entry);
      return first == null ? Optional.empty() : super.take(entry, lapsedBefore, forgottenBefore);
    }

    @Override
    Object lock() {
      return new Object();
    }

    @Override
    void linger(boolean thereIsOne) {
      SoundJournal.linger(records.meeting);
    }
  }

  private static final class ForgetsAllAtOnce extends PlainReplayStore {
    @Override
    int most() {
      return Integer.MAX_VALUE;
    }
  }

  /** What is taken anew comes between the look and the deed, however threads run. */
  private static final class LooksThenForgets extends PlainReplayStore {
    private final CountDownLatch looked = new CountDownLatch(1);
    private final CountDownLatch takenAnew = new CountDownLatch(1);

    @Override
    void linger(boolean thereIsOne) {
      if (thereIsOne) {
        await(looked);
      }
    }

    @Override
    public Optional<Entry> take(Entry entry, Instant lapsedBefore, Instant forgottenBefore) {
      boolean thereIsOne = records.entries.containsKey(place(entry.tenant(), entry.key()));
      Optional<Entry> standing = super.take(entry, lapsedBefore, forgottenBefore);
      if (thereIsOne) {
        takenAnew.countDown();
      }
      return standing;
    }

    @Override
    public int forget(Instant takenBefore) {
      List<String> old =
          records.entries.entrySet().stream()
              .filter(entry -> isToGo(entry.getValue(), takenBefore))
              .map(Map.Entry::getKey)
              .sorted(Comparator.comparing(key -> !key.endsWith("-0"))) // which are taken first
              .limit(most())
              .toList();
      looked.countDown();
      await(takenAnew);
      old.forEach(records.entries::remove);
      return old.size();
    }

    private static void await(CountDownLatch latch) {
      try {
        if (!latch.await(10, TimeUnit.SECONDS)) {
          throw new IllegalStateException("nobody came");
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Whoever has seen an entry once asks no more. */
  private static final class ReadsThroughACache extends PlainReplayStore {
    private final Map<String, Entry> cache = new HashMap<>();

    private ReadsThroughACache() {}

    private ReadsThroughACache(Records records) {
      super(records);
    }

    @Override
    ReplayStore another() {
      return new ReadsThroughACache(records);
    }

    @Override
    public synchronized Optional<Entry> take(
        Entry entry, Instant lapsedBefore, Instant forgottenBefore) {
      String place = place(entry.tenant(), entry.key());
      Entry known = cache.get(place);
      Optional<Entry> standing =
          known == null ? super.take(entry, lapsedBefore, forgottenBefore) : Optional.of(known);
      standing.ifPresent(it -> cache.put(place, it));
      return standing;
    }
  }

  private static final class OneLockEach extends PlainReplayStore {
    private OneLockEach() {}

    private OneLockEach(Records records) {
      super(records);
    }

    @Override
    ReplayStore another() {
      return new OneLockEach(records);
    }

    @Override
    Object lock() {
      return this;
    }

    @Override
    void linger(boolean thereIsOne) {
      SoundJournal.linger(records.meeting);
    }
  }
}
