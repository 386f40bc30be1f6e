/**
 * A small JSON reader and writer over plain trees (Map, List, String, BigDecimal, Boolean, null),
 * bounded in depth and size. Start at {@link io.github.seedance4j.testkit.json.JsonReader}. No JSON
 * library may come in, nor any knowledge of requests. Not API: it is public only because packages
 * cross, and may change without notice.
 */
@NullMarked
package io.github.seedance4j.testkit.json;

import org.jspecify.annotations.NullMarked;
