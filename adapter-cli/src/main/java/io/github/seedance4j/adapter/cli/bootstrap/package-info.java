/**
 * Where the command is put together with the service, the TokenHub client and the sandbox. Start at
 * {@link io.github.seedance4j.adapter.cli.bootstrap.Main}. The only package here that may see them.
 */
@NullMarked
package io.github.seedance4j.adapter.cli.bootstrap;

import org.jspecify.annotations.NullMarked;
