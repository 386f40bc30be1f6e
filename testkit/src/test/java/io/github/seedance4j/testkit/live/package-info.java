/** The live run, tried on the fake. */
@NullMarked
package io.github.seedance4j.testkit.live;

import org.jspecify.annotations.NullMarked;
