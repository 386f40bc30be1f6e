/**
 * What every endpoint of the gateway speaks: routes, callers, JSON, and problems. Start at {@link
 * io.github.seedance4j.adapter.rest.exchange.Route}. No endpoint itself comes in here.
 */
@NullMarked
package io.github.seedance4j.adapter.rest.exchange;

import org.jspecify.annotations.NullMarked;
