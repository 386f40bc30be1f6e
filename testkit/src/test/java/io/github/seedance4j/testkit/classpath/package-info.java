/** What a user gets on the class path with the testkit, and that it is enough to serve. */
@NullMarked
package io.github.seedance4j.testkit.classpath;

import org.jspecify.annotations.NullMarked;
