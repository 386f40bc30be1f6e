/** What the gateway costs, by hand: {@code docs/gateway.sh}. No test. */
@NullMarked
package io.github.seedance4j.adapter.rest.load;

import org.jspecify.annotations.NullMarked;
