/** The fake in a process of its own, with clients and parents that are killed. */
@NullMarked
package io.github.seedance4j.testkit.standalone;

import org.jspecify.annotations.NullMarked;
