/** The service played through against a scripted provider, on virtual time. */
@NullMarked
package io.github.seedance4j.testkit.scenario;

import org.jspecify.annotations.NullMarked;
