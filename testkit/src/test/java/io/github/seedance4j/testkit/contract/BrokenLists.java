package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.request.GenerationDraft;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Journals that list something else than what was asked for, or remember what they should not. */
final class BrokenLists {

  private BrokenLists() {}

  static void rows(BrokenJournals.Table table) {
    table.row("J18", "knows no limit of nothing", () -> new Asks(BrokenLists::atLeastOne));
    table.row("J44", "ignores the label", () -> new Asks(query -> labelled(query, null)));
    table.row("J44", "takes no label for the empty one", () -> new Asks(BrokenLists::blankIsAny));
    table.row(
        "J45",
        "begins by no case",
        () -> new Begins((id, prefix) -> lower(id).startsWith(lower(prefix))));
    table.row("J45", "takes a prefix for a pattern", () -> new Begins(BrokenLists::isLike));
    table.row("J45", "finds a prefix anywhere", () -> new Begins(String::contains));
    table.row(
        "J45",
        "looks at the ids of jobs alone",
        () -> new Begins((id, prefix) -> id.startsWith(prefix) && id.startsWith("job-")));
    table.row("J46", "takes what ended for settled", EndedIsSettled::new);
    table.row("J46", "takes what has no price for held", UnpricedIsHeld::new);
    table.row("J47", "forgets the label beside a prefix", () -> new Asks(BrokenLists::oneOfTwo));
    table.row("J47", "forgets the states of a next page", () -> new Asks(BrokenLists::anyState));
    table.row("J48", "pages by when jobs were made", PagesByTime::new);
    table.row("J48", "starts over behind what is listed no more", StartsOver::new);
    table.row("J49", "keeps what is to be forgotten", KeepsAll::new);
    table.row("J49", "forgets the task of what is purged", PurgesTheTask::new);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static boolean isLike(String id, String prefix) {
    String pattern = Pattern.quote(prefix).replace("%", "\\E.*\\Q").replace("_", "\\E.\\Q");
    return id.matches("(?s)" + pattern + ".*");
  }

  private static JobQuery atLeastOne(JobQuery query) {
    return query.limit(Math.max(1, query.limit()));
  }

  private static JobQuery blankIsAny(JobQuery query) {
    return "".equals(query.label()) ? labelled(query, null) : query;
  }

  private static JobQuery oneOfTwo(JobQuery query) {
    return query.prefix().isEmpty() ? query : labelled(query, null);
  }

  private static JobQuery anyState(JobQuery query) {
    return query.after() == null ? query : query.in(JobQuery.all().states());
  }

  private static JobQuery labelled(JobQuery query, @Nullable String label) {
    return new JobQuery(
        query.states(), label, query.prefix(), query.holding(), query.after(), query.limit());
  }

  /** Asks something else. */
  private static final class Asks extends SoundJournal {
    private final UnaryOperator<JobQuery> change;

    Asks(UnaryOperator<JobQuery> change) {
      this.change = change;
    }

    @Override
    public List<Job> list(JobQuery query) {
      return super.list(change.apply(query));
    }
  }

  /** Compares ids with a prefix in another way. */
  private static final class Begins extends SoundJournal {
    private final BiPredicate<String, String> begins;

    Begins(BiPredicate<String, String> begins) {
      this.begins = begins;
    }

    @Override
    public List<Job> list(JobQuery query) {
      return super.list(query.beginning("").limit(Integer.MAX_VALUE)).stream()
          .filter(
              job ->
                  begins.test(job.id().value(), query.prefix())
                      || job.taskId()
                          .filter(task -> begins.test(task.value(), query.prefix()))
                          .isPresent())
          .limit(query.limit())
          .toList();
    }
  }

  private static final class EndedIsSettled extends SoundJournal {
    @Override
    public List<Job> list(JobQuery query) {
      return super.list(query).stream()
          .filter(job -> !query.holding() || !job.state().isEnded())
          .toList();
    }
  }

  private static final class UnpricedIsHeld extends SoundJournal {
    @Override
    public List<Job> list(JobQuery query) {
      JobQuery any =
          new JobQuery(
              query.states(), query.label(), query.prefix(), false, query.after(), query.limit());
      return super.list(any).stream()
          .filter(job -> !query.holding() || job.bill().isEmpty())
          .toList();
    }
  }

  private static final class PagesByTime extends SoundJournal {
    @Override
    public List<Job> list(JobQuery query) {
      JobId after = query.after();
      if (after == null) {
        return super.list(query);
      }
      Job last = find(after).orElseThrow();
      JobQuery all =
          new JobQuery(
              query.states(),
              query.label(),
              query.prefix(),
              query.holding(),
              null,
              Integer.MAX_VALUE);
      return super.list(all).stream()
          .filter(job -> job.createdAt().isBefore(last.createdAt()))
          .limit(query.limit())
          .toList();
    }
  }

  private static final class StartsOver extends SoundJournal {
    @Override
    public List<Job> list(JobQuery query) {
      JobQuery all =
          new JobQuery(
              query.states(),
              query.label(),
              query.prefix(),
              query.holding(),
              null,
              Integer.MAX_VALUE);
      List<Job> jobs = super.list(all);
      int last = jobs.stream().map(Job::id).toList().indexOf(query.after());
      return jobs.stream().skip(last + 1).limit(query.limit()).toList();
    }
  }

  private static final class KeepsAll extends SoundJournal {
    private final Map<JobId, GenerationDraft> drafts = new ConcurrentHashMap<>();

    @Override
    public Replaced replace(Job next) {
      if (!next.isPurged()) {
        drafts.put(next.id(), next.draft());
      }
      return super.replace(next);
    }

    @Override
    public Optional<Job> find(JobId id) {
      return super.find(id).map(this::restored);
    }

    private Job restored(Job job) {
      if (!job.isPurged()) {
        return job;
      }
      GenerationDraft draft = drafts.get(job.id());
      return draft == null
          ? job
          : Job.intended(job.id(), job.account(), draft, job.createdAt())
              .version(job.version())
              .quote(job.quote().orElse(null))
              .done();
    }
  }

  private static final class PurgesTheTask extends SoundJournal {
    @Override
    public Replaced replace(Job next) {
      return super.replace(
          next.isPurged() ? next.change().version(next.version()).taskId(null).done() : next);
    }
  }
}
