package io.github.seedance4j.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a fake provider and a client that is wired to it, as parameters:
 *
 * <pre>{@code
 * @WithTokenHub
 * class OrderTest {
 *   @Test
 *   void leavesALostReplyUnknown(FakeTokenHub hub, VideoGeneration videos) {
 *     hub.next().chargedThenReset();
 *     assertThat(videos.submit(draft)).isInstanceOf(Submission.Unknown.class);
 *   }
 * }
 * }</pre>
 *
 * <p>For another client, a budget, or slower tasks register a {@link TokenHubExtension} instead.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(TokenHubExtension.class)
public @interface WithTokenHub {}
