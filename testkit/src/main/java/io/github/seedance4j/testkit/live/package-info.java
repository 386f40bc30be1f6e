/**
 * The live run: free checks, then one paid clip at the real service, under a cap that outlives the
 * run, and what was learnt. Start at {@link io.github.seedance4j.testkit.live.LiveRun}. It knows
 * ports and judgements; neither the fake nor any adapter may come in. Needs AssertJ, not JUnit.
 */
@NullMarked
package io.github.seedance4j.testkit.live;

import org.jspecify.annotations.NullMarked;
