package io.github.seedance4j.service;

import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.BudgetUse;
import io.github.seedance4j.job.Clip;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.job.JobQuery;
import io.github.seedance4j.job.JobState;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.job.Spend;
import io.github.seedance4j.port.in.OutcomeResolution;
import io.github.seedance4j.port.in.Submission;
import io.github.seedance4j.port.in.SubmitOptions;
import io.github.seedance4j.port.in.VideoGeneration;
import io.github.seedance4j.port.out.ForwardingJournal;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.pricing.Quote;
import io.github.seedance4j.request.GenerationDraft;
import io.github.seedance4j.request.Verdict;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.VideoTask;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Several of a provider's accounts as one service, over one journal: new work goes to the first of
 * them, and a job that was made under another is asked for, fetched and resolved under that one. So
 * a key is replaced while work goes on: {@link #use} names the accounts that hold from then on. One
 * that is named no more creates nothing; its service stays until its jobs have ended.
 *
 * <p>Each account has a service of its own, which follows its own jobs; they share the journal,
 * which is closed last and once. Thread-safe.
 */
public final class SeveralAccounts implements VideoGeneration {

  private static final Set<JobState> NOT_ENDED = // one of unknown outcome may get its task yet
      Arrays.stream(JobState.values())
          .filter(state -> !state.isEnded())
          .collect(Collectors.toUnmodifiableSet());

  /** Each may hold megabytes of pictures. */
  private static final int PAGE = 16;

  private final JobJournal journal;
  private final BiFunction<VideoProvider, JobJournal, VideoGeneration> services;

  /** The one that creates comes first, those that are named no more last. */
  private final List<Account> accounts = new ArrayList<>();

  private boolean closed;

  private SeveralAccounts(
      JobJournal journal, BiFunction<VideoProvider, JobJournal, VideoGeneration> services) {
    this.journal = journal;
    this.services = services;
  }

  /** An account and who speaks for it. Guarded by the whole. */
  private static final class Account {
    private final ProviderAccount name;
    private final VideoGeneration videos;
    private boolean named = true;
    private int calls;

    private Account(ProviderAccount name, VideoGeneration videos) {
      this.name = name;
      this.videos = videos;
    }
  }

  /** What a service takes for its own: it does not close what the others need. */
  static final class Shared extends ForwardingJournal {
    private Shared(JobJournal journal) {
      super(journal);
    }

    @Override
    public void close() {}
  }

  /**
   * One account or more.
   *
   * @param journal closed with this
   * @param services builds the service of an account, on that journal as it is handed in, alike for
   *     all of them
   * @param providers as for {@link #use}
   */
  public static SeveralAccounts on(
      JobJournal journal,
      BiFunction<VideoProvider, JobJournal, VideoGeneration> services,
      List<? extends VideoProvider> providers) {
    SeveralAccounts all =
        new SeveralAccounts(
            Objects.requireNonNull(journal, "journal"),
            Objects.requireNonNull(services, "services"));
    all.use(providers);
    return all;
  }

  /**
   * Names the accounts that hold from now on, in place of those before: the first creates, the
   * others only look after what they have. A provider whose account is there already is closed; all
   * of them are if this fails, and then those before stay.
   *
   * @throws IllegalArgumentException if there is none
   * @throws IllegalStateException if this is closed
   */
  public synchronized void use(List<? extends VideoProvider> providers) {
    if (providers.isEmpty()) {
      throw new IllegalArgumentException("providers: one or more");
    }
    if (closed) {
      providers.forEach(VideoProvider::close);
      throw new IllegalStateException("closed: no account is taken up any more");
    }
    List<Account> named = new ArrayList<>();
    List<Account> made = new ArrayList<>();
    Deque<VideoProvider> left = new ArrayDeque<>(providers);
    try {
      while (!left.isEmpty()) {
        VideoProvider provider = left.element();
        ProviderAccount name = provider.account();
        Account known = among(accounts, name).or(() -> among(named, name)).orElse(null);
        if (known == null) {
          known = new Account(name, services.apply(provider, new Shared(journal)));
          made.add(known);
        } else {
          provider.close();
        }
        left.remove();
        if (!named.contains(known)) {
          named.add(known);
        }
      }
    } catch (RuntimeException | Error e) { // of the journal, mostly: nothing has changed
      made.forEach(account -> account.videos.close());
      left.forEach(VideoProvider::close);
      throw e;
    }
    accounts.forEach(account -> account.named = false);
    named.forEach(account -> account.named = true);
    accounts.removeAll(named);
    accounts.addAll(0, named);
  }

  /**
   * Lets go of accounts that are named no more and whose jobs have ended. Call it now and then.
   *
   * @return those that went
   */
  public List<ProviderAccount> letGo() {
    List<Account> over;
    synchronized (this) {
      List<Account> idle =
          accounts.stream().filter(account -> !account.named && account.calls == 0).toList();
      over = idle.isEmpty() || closed ? List.of() : withoutJobs(idle);
      accounts.removeAll(over);
    }
    over.forEach(account -> account.videos.close());
    return over.stream().map(account -> account.name).toList();
  }

  private List<Account> withoutJobs(List<Account> idle) {
    List<Account> left = new ArrayList<>(idle);
    JobQuery query = JobQuery.all().in(NOT_ENDED).limit(PAGE);
    List<Job> page;
    do {
      page = journal.list(query);
      for (Job job : page) {
        left.removeIf(account -> account.name.equals(job.account()));
        query = query.behind(job.id());
      }
    } while (page.size() == PAGE && !left.isEmpty());
    return left;
  }

  /** The accounts there are, the one that creates first. */
  public synchronized List<ProviderAccount> accounts() {
    return accounts.stream().map(account -> account.name).toList();
  }

  private static Optional<Account> among(List<Account> accounts, ProviderAccount name) {
    return accounts.stream().filter(account -> account.name.equals(name)).findFirst();
  }

  /** Under the account that creates, which stays as long as the call takes. */
  private <T> T first(Function<VideoGeneration, T> call) {
    return under(null, call);
  }

  /** Under the account of that job. */
  private <T> T of(JobId id, Function<VideoGeneration, T> call) {
    return under(accountOf(id), call);
  }

  private @Nullable ProviderAccount accountOf(JobId id) {
    return journal.find(id).map(Job::account).orElse(null);
  }

  /** Under that account if it is there, else under the one that creates, which knows why not. */
  private <T> T under(@Nullable ProviderAccount name, Function<VideoGeneration, T> call) {
    Account account = enter(name);
    try {
      return call.apply(account.videos);
    } finally {
      leave(account);
    }
  }

  /** The same until what was begun has ended: nothing is let go under it. */
  private <T> CompletableFuture<T> underUntil(
      @Nullable ProviderAccount name, Function<VideoGeneration, CompletableFuture<T>> call) {
    Account account = enter(name);
    CompletableFuture<T> future;
    try {
      future = call.apply(account.videos);
    } catch (RuntimeException | Error e) {
      leave(account);
      throw e;
    }
    // not what is returned: the future that callers get must be the one that they can cancel
    var unused = future.whenComplete((done, failure) -> leave(account));
    return future;
  }

  private synchronized Account enter(@Nullable ProviderAccount name) {
    Account creates = accounts.get(0);
    Account account = name == null ? creates : among(accounts, name).orElse(creates);
    account.calls++;
    return account;
  }

  private synchronized void leave(Account account) {
    account.calls--;
  }

  @Override
  public Verdict verdict(GenerationDraft draft) {
    return first(videos -> videos.verdict(draft));
  }

  @Override
  public Quote quote(GenerationDraft draft) {
    return first(videos -> videos.quote(draft));
  }

  @Override
  public Submission submit(GenerationDraft draft, SubmitOptions options) {
    return first(videos -> videos.submit(draft, options));
  }

  @Override
  public CompletableFuture<Submission> submitAsync(GenerationDraft draft, SubmitOptions options) {
    return underUntil(null, videos -> videos.submitAsync(draft, options));
  }

  /** Under the account that creates, unless a job has the task already. */
  @Override
  public Job adopt(TaskId task) {
    return under(accountOf(task), videos -> videos.adopt(task));
  }

  /** Under its job's account, else under the one that creates. */
  @Override
  public VideoTask task(TaskId task) {
    return under(accountOf(task), videos -> videos.task(task));
  }

  private @Nullable ProviderAccount accountOf(TaskId task) {
    return find(task).map(Job::account).orElse(null);
  }

  @Override
  public Optional<Job> find(JobId id) {
    return journal.find(id);
  }

  @Override
  public Optional<Job> find(TaskId task) {
    for (ProviderAccount account : accounts()) { // which may be at several addresses
      Optional<Job> found = journal.findByTask(account, task);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<Job> findByKey(String idempotencyKey) {
    return journal.findByKey(idempotencyKey);
  }

  @Override
  public List<Job> list(JobQuery query) {
    return journal.list(query);
  }

  @Override
  public Spend spend(Instant since, @Nullable String label) {
    return first(videos -> videos.spend(since, label));
  }

  @Override
  public List<BudgetUse> budgets() {
    return first(VideoGeneration::budgets);
  }

  @Override
  public void setBudget(Budget budget) {
    first(
        videos -> {
          videos.setBudget(budget);
          return budget;
        });
  }

  @Override
  public boolean removeBudget(Budget.Period period, @Nullable String label) {
    return first(videos -> videos.removeBudget(period, label));
  }

  @Override
  public Job await(JobId id, Duration timeout) {
    return of(id, videos -> videos.await(id, timeout));
  }

  @Override
  public CompletableFuture<Job> awaitAsync(JobId id, Duration timeout) {
    return underUntil(accountOf(id), videos -> videos.awaitAsync(id, timeout));
  }

  @Override
  public Clip download(JobId id, Path target, Duration timeout) {
    return of(id, videos -> videos.download(id, target, timeout));
  }

  @Override
  public CompletableFuture<Clip> downloadAsync(JobId id, Path target, Duration timeout) {
    return underUntil(accountOf(id), videos -> videos.downloadAsync(id, target, timeout));
  }

  /** Under the account that creates, to the end; under a used key, under its job's. */
  @Override
  public Job generate(GenerationDraft draft, SubmitOptions options) {
    return under(accountOf(options), videos -> videos.generate(draft, options));
  }

  @Override
  public CompletableFuture<Job> generateAsync(GenerationDraft draft, SubmitOptions options) {
    return underUntil(accountOf(options), videos -> videos.generateAsync(draft, options));
  }

  private @Nullable ProviderAccount accountOf(SubmitOptions options) {
    return options.idempotencyKey().flatMap(journal::findByKey).map(Job::account).orElse(null);
  }

  /**
   * Under its job's account: it can't be sent again where that has no key here, as nobody would.
   */
  @Override
  public Job resolve(JobId id, OutcomeResolution resolution) {
    ProviderAccount account = accountOf(id);
    if (resolution instanceof OutcomeResolution.ResubmitAcceptingSecondCharge
        && account != null
        && !accounts().contains(account)) {
      throw new IllegalStateException(
          id + " belongs to an account whose key is not here; it can't be sent again");
    }
    return of(id, videos -> videos.resolve(id, resolution));
  }

  @Override
  public Job settle(JobId id, Money charged) {
    return of(id, videos -> videos.settle(id, charged));
  }

  @Override
  public List<Job> purge(Instant endedBefore) {
    return first(videos -> videos.purge(endedBefore));
  }

  @Override
  public Job withdraw(JobId id) {
    return of(id, videos -> videos.withdraw(id));
  }

  /** Closes every account's service, then the journal. Closing twice does no harm. */
  @Override
  public void close() {
    List<Account> all;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      all = List.copyOf(accounts);
    }
    RuntimeException trouble = null;
    for (Account account : all) {
      try {
        account.videos.close();
      } catch (RuntimeException e) {
        trouble = e;
      }
    }
    journal.close();
    if (trouble != null) {
      throw trouble;
    }
  }
}
