/**
 * Our durable record of one paid generation. Start at {@link io.github.seedance4j.job.Job}, then
 * {@link io.github.seedance4j.job.OutcomeTable}, which decides what an answer to the create call
 * means. What acts on jobs lives in the service.
 */
@NullMarked
package io.github.seedance4j.job;

import org.jspecify.annotations.NullMarked;
