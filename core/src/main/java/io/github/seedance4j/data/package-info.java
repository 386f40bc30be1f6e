/** Internal: reads the settings files in which limits and prices are kept. Nothing here is API. */
@NullMarked
package io.github.seedance4j.data;

import org.jspecify.annotations.NullMarked;
