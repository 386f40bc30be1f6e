/**
 * The server that the gateway stands on: HTTP/1.1 by the letter, limits on whatever a client can
 * make us wait for or keep, and a health that answers whoever else is busy. Start at {@link
 * io.github.seedance4j.adapter.rest.server.HardenedServer}. Nothing of the gateway's own (routes,
 * keys, jobs) comes in here: what is said in its words is given in.
 */
@NullMarked
package io.github.seedance4j.adapter.rest.server;

import org.jspecify.annotations.NullMarked;
