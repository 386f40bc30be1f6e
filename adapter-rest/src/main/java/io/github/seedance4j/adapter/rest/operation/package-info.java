/**
 * The gateway's own state: what is sold, spent and kept, how it fares, what it throws away. Start
 * at {@link io.github.seedance4j.adapter.rest.operation.Condition}. No single job's matters come in
 * here.
 */
@NullMarked
package io.github.seedance4j.adapter.rest.operation;

import org.jspecify.annotations.NullMarked;
