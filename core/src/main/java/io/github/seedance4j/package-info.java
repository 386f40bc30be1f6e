/** x. */
@org.jspecify.annotations.NullMarked
package io.github.seedance4j;
