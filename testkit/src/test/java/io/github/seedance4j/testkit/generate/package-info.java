/** The generators, and what the product's core must do with all that they draw. */
@NullMarked
package io.github.seedance4j.testkit.generate;

import org.jspecify.annotations.NullMarked;
