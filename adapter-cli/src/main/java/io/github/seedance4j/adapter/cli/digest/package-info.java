/**
 * The one digest of this module, {@link io.github.seedance4j.adapter.cli.digest.Sha256}. Nothing
 * else comes in.
 */
@NullMarked
package io.github.seedance4j.adapter.cli.digest;

import org.jspecify.annotations.NullMarked;
