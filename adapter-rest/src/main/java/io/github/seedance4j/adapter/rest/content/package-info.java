/**
 * Files over HTTP, whole and in parts: the clips of jobs here, and whatever else lies in a
 * directory of the gateway's. Start at {@link
 * io.github.seedance4j.adapter.rest.content.FileServing}. Who may have one was decided before.
 */
@NullMarked
package io.github.seedance4j.adapter.rest.content;

import org.jspecify.annotations.NullMarked;
