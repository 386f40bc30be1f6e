/**
 * Driving adapter: the gateway. TokenHub's own API, made safe, for front ends in any language.
 * Start at {@link io.github.seedance4j.adapter.rest.Gateway}. Neither a database nor a provider is
 * seen from here: whoever wires it brings them behind core's driving ports.
 */
@NullMarked
package io.github.seedance4j.adapter.rest;

import org.jspecify.annotations.NullMarked;
