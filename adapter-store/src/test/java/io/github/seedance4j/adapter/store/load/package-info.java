/**
 * Many at once: threads that race for one budget, jobs that are followed together, submissions a
 * second. Start at {@code BudgetUnderLoadTest}; nothing is killed here, that is the {@code crash}
 * package's.
 */
@NullMarked
package io.github.seedance4j.adapter.store.load;

import org.jspecify.annotations.NullMarked;
