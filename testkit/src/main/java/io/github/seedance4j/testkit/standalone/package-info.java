/**
 * The fake provider in a process of its own: {@link
 * io.github.seedance4j.testkit.standalone.SandboxServer} is what the runnable jar runs, {@link
 * io.github.seedance4j.testkit.standalone.HubProcess} starts one from a test. Stands on the JDK and
 * the fake's public classes alone; nothing of the library may come in.
 */
@NullMarked
package io.github.seedance4j.testkit.standalone;

import org.jspecify.annotations.NullMarked;
