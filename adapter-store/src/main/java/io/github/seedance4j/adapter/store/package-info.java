/**
 * The job journal on JDBC, in an SQLite file or in PostgreSQL. The tables are in {@code db/sqlite}
 * and {@code db/postgres}, as strict in one as in the other. No HTTP, and no decision about jobs:
 * what a journal has to keep is said by {@link io.github.seedance4j.port.out.JobJournal}.
 */
@NullMarked
package io.github.seedance4j.adapter.store;

import org.jspecify.annotations.NullMarked;
