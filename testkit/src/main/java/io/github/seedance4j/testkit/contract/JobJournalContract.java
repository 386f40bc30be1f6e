package io.github.seedance4j.testkit.contract;

import io.github.seedance4j.port.out.JobJournal;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every {@link JobJournal} keeps to, whatever it writes to: rules J01 to J69. Implement it in
 * a JUnit 5 test class; all its tests may run at once.
 *
 * <pre>{@code
 * class JdbcJobJournalTest implements JobJournalContract {
 *   @Override public JobJournal emptyJournal() { return JdbcJobJournal.sqlite(newFile()); }
 *   @Override public Optional<JobJournal> reopened(JobJournal journal) { … }
 * }
 * }</pre>
 *
 * <p>J25, J26, J61 and J62 are skipped for a journal that can't be {@link #reopened}, J27, J28 and
 * J63 to J65 for one that no other process can see ({@link #another}). Each rule is tested on
 * journals that break it.
 */
@ExtendWith(RuleInMessages.class)
public interface JobJournalContract
    extends JournalAdmissionRules,
        JournalKeyRules,
        JournalVersionRules,
        JournalFindingRules,
        JournalMoneyRules,
        JournalTaskRules,
        JournalCapRules,
        JournalResubmissionRules,
        JournalListingRules,
        JournalLeaseRules,
        JournalDurabilityRules,
        JournalSharingRules {}
