/**
 * Commands on jobs that are there already: list, show, wait, fetch, resolve, settle, count, clear
 * away. Start at {@link io.github.seedance4j.adapter.cli.jobs.JobsCommand} or {@link
 * io.github.seedance4j.adapter.cli.jobs.FetchCommand}. What reads a request must not come in.
 */
@NullMarked
package io.github.seedance4j.adapter.cli.jobs;

import org.jspecify.annotations.NullMarked;
