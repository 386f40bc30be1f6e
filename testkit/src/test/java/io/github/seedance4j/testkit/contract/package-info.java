/** The contracts tested: on what is sound, and on what is broken in one way each. */
@NullMarked
package io.github.seedance4j.testkit.contract;

import org.jspecify.annotations.NullMarked;
