package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.port.out.JobJournal;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every {@link JobJournal} keeps to, whatever it writes to: rules J01 to J28. Implement it in
 * a JUnit 5 test class; all its tests may run at once.
 *
 * <pre>{@code
 * class JdbcJobJournalTest implements JobJournalContract {
 *   @Override public JobJournal emptyJournal() { return JdbcJobJournal.sqlite(newFile()); }
 *   @Override public Optional<JobJournal> reopened(JobJournal journal) { … }
 * }
 * }</pre>
 *
 * <p>J25 and J26 are skipped for a journal that can't be {@link #reopened}, J27 and J28 for one
 * that no other process can see ({@link #another}). Each rule is tested on journals that break it.
 */
@ExtendWith(RuleInMessages.class)
public interface JobJournalContract
    extends JournalAdmissionRules,
        JournalKeyRules,
        JournalVersionRules,
        JournalFindingRules,
        JournalMoneyRules,
        JournalDurabilityRules,
        JournalSharingRules {}
