/**
 * What the provider says of a generation it runs. Start at {@link
 * io.github.seedance4j.task.VideoTask}. Ours, with its money and its clip, is the job; nothing of
 * it comes in here.
 */
@NullMarked
package io.github.seedance4j.task;

import org.jspecify.annotations.NullMarked;
