/**
 * The command that runs the gateway, and makes the keys of those who call it. Start at {@link
 * io.github.seedance4j.adapter.cli.serve.ServeCommand}. HTTP must not come in: the gateway itself
 * is another adapter, put together behind {@link
 * io.github.seedance4j.adapter.cli.command.Gateways}.
 */
@NullMarked
package io.github.seedance4j.adapter.cli.serve;

import org.jspecify.annotations.NullMarked;
