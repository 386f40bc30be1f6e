package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.fault.CreateFault;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
class StatusPageInBrowserTest {

  /** {@code when(test)}: the value of the test, as soon as a change of the page makes it one. */
  private static final String WHEN =
      """
      const when = test => new Promise(done => {
        const look = () => { const found = test(); if (found) { watcher.disconnect(); done(found); } };
        const watcher = new MutationObserver(look);
        watcher.observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
        look();
      });
      """;

  @TempDir private Path directory;

  private final SettableClock clock = SettableClock.at(Instant.parse("2026-11-01T08:00:00Z"));

  @Test
  void playsAClipThroughAllThatHappensBeside() throws Exception {
    try (FakeTokenHub hub = FakeTokenHub.builder().seed(1).clock(clock).start();
        Browser browser = Browser.open(directory, hub.page())) {
      new HubClient(hub).created(HubClient.BEACH);
      Object playing =
          browser.evaluate(
              asking(
                  """
                  const clip = window.clip = await when(() => document.querySelector('video[src]'));
                  clip.muted = true;
                  clip.playbackRate = 0.25;
                  await clip.play();
                  return clip.videoWidth + 'x' + clip.videoHeight;
                  """));
      new HubClient(hub).created(HubClient.BEACH.replace("golden", "silver"));
      clock.advance(Duration.ofHours(1));
      Object later =
          browser.evaluate(
              asking(
                  """
                  await when(() => document.querySelectorAll('video').length === 2
                      && document.getElementById('now').textContent.includes('09:00:00'));
                  const undisturbed = document.querySelectorAll('video')[1] === window.clip
                      && !window.clip.paused;
                  window.clip.playbackRate = 8;
                  await new Promise(done => { window.clip.onended = done; });
                  return [undisturbed, window.clip.currentTime.toFixed(2), window.clip.error];
                  """));

      assertThat(playing).isEqualTo("1280x720");
      assertThat(later).isEqualTo(Arrays.asList(true, "5.04", null));
      assertThat(hub.requests().downloads()).isZero();
    }
  }

  @Test
  void showsAScriptInAPromptAsTheTextThatItIs() throws Exception {
    String script =
        "<img src=x onerror='window.owned=1'><script>window.owned=2</script><b>bold</b>";
    try (FakeTokenHub hub = HubClient.hub().clock(clock).start();
        Browser browser = Browser.open(directory, hub.page())) {
      hub.onPrompt(script + "!").chargedThenReset();
      new HubClient(hub)
          .created("{\"model\":\"doubao-seedance-2.0\",\"prompt\":\"" + script + "\"}");
      Object told =
          browser.evaluate(
              asking(
                  """
                  const shown = await when(() => document.querySelector('.prompt'));
                  const waiting = document.getElementById('waiting');
                  await when(() => waiting.textContent.includes('onerror'));
                  return [shown.textContent, waiting.textContent, window.owned === undefined,
                      document.images.length, document.scripts.length];
                  """));

      assertThat((List<?>) told)
          .isEqualTo(
              List.of(
                  script,
                  "“" + script + "!”: resets-after-charge",
                  true,
                  BigDecimal.ZERO,
                  BigDecimal.ONE));
    }
  }

  @Test
  void showsWhatStruckAtTheTaskAndInTheList() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().clock(clock).start();
        Browser browser = Browser.open(directory, hub.page())) {
      String id = new HubClient(hub).created(HubClient.BEACH);
      hub.next().with(new CreateFault.RepeatsId());
      new HubClient(hub).created(HubClient.BEACH.replace("golden", "silver"));
      hub.next().noBalance();
      new HubClient(hub).create(HubClient.BEACH.replace("golden", "<b>old"));
      Object told =
          browser.evaluate(
              asking(
                  """
                  const struck = document.getElementById('struck');
                  await when(() => document.querySelectorAll('.task').length === 2
                      && struck.children.length === 2);
                  return [...document.querySelectorAll('.task')].map(
                          task => [...task.querySelectorAll('.tags li')].map(tag => tag.textContent))
                      .concat([...struck.querySelectorAll('.by')].map(by => by.textContent));
                  """));

      String second = hub.tasks().get(1).id().replaceFirst("^task-", "");
      assertThat(id).isNotEqualTo("task-" + second);
      assertThat((List<?>) told)
          .isEqualTo(
              List.of(
                  List.of("repeats-id"),
                  List.of(),
                  "08:00:00 · “A <b>old retriever on a beach”",
                  "08:00:00 · " + second + " · “A silver retriever on a beach”"));
    }
  }

  @Test
  void scriptsAFaultWithItsForm() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().clock(clock).start();
        Browser browser = Browser.open(directory, hub.page())) {
      Object waiting =
          browser.evaluate(
              asking(
                  """
                  const fault = document.getElementById('fault');
                  await when(() => fault.options.length > 0);
                  fault.value = 'refuses';
                  fault.dispatchEvent(new Event('change', {bubbles: true}));
                  const parameters = document.getElementById('parameters');
                  parameters.value = parameters.value.replace('400', '503');
                  document.getElementById('script').requestSubmit();
                  const list = document.getElementById('waiting');
                  await when(() => list.textContent.includes('503'));
                  return list.textContent;
                  """));

      assertThat(waiting).isEqualTo("next: refuses {\"status\":503}");
      assertThat(new HubClient(hub).create(HubClient.BEACH).statusCode()).isEqualTo(503);
    }
  }

  @Test
  void movesTheClockWithAButton() throws Exception {
    try (FakeTokenHub hub = HubClient.hub().clock(clock).start();
        Browser browser = Browser.open(directory, hub.page())) {
      browser.evaluate(
          asking(
              """
              await when(() => document.getElementById('now').textContent.includes('08:00:00'));
              document.querySelector('[data-seconds="90000"]').click();
              await when(() => document.getElementById('now').textContent.includes('09:00:00'));
              """));

      assertThat(clock.instant()).isEqualTo("2026-11-02T09:00:00Z");
    }
  }

  private static String asking(String body) {
    return "(async () => {" + WHEN + body + "})()";
  }
}
