package io.github.seedance4j.adapter.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.JobId;
import io.github.seedance4j.pricing.Money;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.testkit.media.ClipSpec;
import io.github.seedance4j.testkit.media.PlayableClip;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The studio in real Chromium: from a prompt to a playing clip, and what can go wrong on the way.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD) // a browser belongs to its thread
@Timeout(90)
class StudioJourneyTest {

  private static final String PROMPT = "A lighthouse on a cliff at dawn, waves far below";

  private StudioBrowser browser;
  private GatewayBench bench;
  private Page page;

  @BeforeAll
  void start() {
    browser = StudioBrowser.start();
  }

  @AfterAll
  void end() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    bench =
        GatewayBench.open(
            folder,
            new InMemoryJobJournal(),
            service -> service,
            gateway -> gateway.nearProvider(true));
    page = browser.tab(StudioBrowser.wide());
  }

  @AfterEach
  void close() {
    page.context().close();
    bench.close();
    assertThat(browser.troubles()).isEmpty();
  }

  private String enter() {
    String secret = bench.tenant("acme").secret;
    StudioBrowser.enter(page, bench.gateway.address(), secret);
    return secret;
  }

  private Locator send() {
    return page.locator(".send");
  }

  private void compose(String prompt) {
    page.locator("#prompt").fill(prompt);
    assertThat(send()).isEnabled();
  }

  @Test
  void goesFromAPromptToAPlayingClip() {
    List<String> elsewhere = new ArrayList<>();
    page.onRequest(
        request -> {
          if (!request.url().startsWith(bench.gateway.address().toString())
              && !request.url().startsWith("blob:")) {
            elsewhere.add(request.url());
          }
        });
    String secret = enter();

    compose(PROMPT);
    assertThat(send()).hasText("Generate for $1.00");
    send().click();
    page.locator(".job.done").waitFor();
    StudioBrowser.go(page, "clips");
    page.locator(".start").click();
    page.waitForFunction("() => document.querySelector('video').currentTime > 0.2");

    assertThat(page.locator(".clip-card")).containsText(PROMPT);
    Download download = page.waitForDownload(() -> page.locator("[data-do=download]").click());
    assertThat(download.path()).hasBinaryContent(bench.hub.clip(bench.hub.tasks().get(0).id()));
    assertThat(bench.hub.ledger().charges()).hasSize(1);
    assertThat(elsewhere).isEmpty();
    assertThat(page.url()).doesNotContain(secret);
    assertThat(page.evaluate("() => localStorage.length + sessionStorage.length")).isEqualTo(0);
    page.reload();
    assertThat(page.locator("input.secret")).hasValue("");
  }

  @Test
  void pricesADroppedPictureAndAClipOfKnownLengthExactly() throws IOException {
    enter();
    compose("The woman from image 1 walks through video 1");
    String picture = Base64.getEncoder().encodeToString(picture());
    String clip = Base64.getEncoder().encodeToString(clip(6));

    page.evaluate(
        """
        ([picture, clip]) => {
          const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
          const files = new DataTransfer();
          files.items.add(new File([bytes(picture)], 'woman.png', {type: 'image/png'}));
          files.items.add(new File([bytes(clip)], 'walk.mp4', {type: 'video/mp4'}));
          const drop = document.querySelector('.media');
          drop.dispatchEvent(new DragEvent('drop', {dataTransfer: files, bubbles: true, cancelable: true}));
        }
        """,
        List.of(picture, clip));

    assertThat(page.locator(".medium")).hasCount(2);
    assertThat(page.locator(".medium").nth(1)).containsText("6 sec");
    assertThat(send()).hasText("Generate for $2.20"); // (6 + 5) s at 0.20
    assertThat(send()).isEnabled();
    assertThat(page.locator(".combinations .choice .figure"))
        .hasText(new String[] {"$2.20", "$1.32", "$1.76", "$1.10"});
    assertThat(
            (boolean) page.evaluate("() => document.querySelector('img.thumb').naturalWidth > 0"))
        .isTrue();
    send().click();
    page.locator(".job.done").waitFor();
    assertThat(bench.hub.requests().creates().get(0).body())
        .contains("\"video_durations\":[6]")
        .contains("\"role\":\"reference_image\"");
  }

  @Test
  void saysAtTheFieldWhatIsWrongWithAMix() throws IOException {
    enter();
    compose(PROMPT);
    page.locator("input[type=file]")
        .setInputFiles(new Path[] {file("a.png", picture()), file("b.png", picture())});
    assertThat(send()).isEnabled();

    page.locator(".medium select").nth(1).selectOption("last_frame");

    assertThat(page.locator("#media-wrong")).containsText("first");
    assertThat(send()).isDisabled();
    assertThat(send()).containsText("to change");
    assertThat(page.locator(".amount")).hasText("—");
    page.locator("input[type=url]").fill("https://user:secret@example.com/c.png");
    page.locator(".by-url button").click();
    Locator third = page.locator(".medium").nth(2);
    assertThat(third.locator(".error")).not().isEmpty();
    assertThat(third.locator("select")).hasAttribute("aria-invalid", "true");
    third.locator("[data-do=remove]").click();
    page.locator(".medium select").nth(1).selectOption("reference_image");
    assertThat(page.locator("#media-wrong")).isEmpty();
    assertThat(send()).isEnabled();
    assertThat(bench.hub.ledger().charges()).isEmpty();
  }

  @Test
  void settlesALostReplyByHandAndAsksTwiceBeforeASecondCharge() {
    String admin = bench.admin().secret;
    StudioBrowser.enter(page, bench.gateway.address(), admin);
    bench.hub.next().chargedThenReset();
    compose(PROMPT);
    send().click();
    Locator unknown = page.locator(".job.unknown");
    assertThat(unknown).containsText("may have been charged");
    unknown.locator(".button.warn").click();
    assertThat(page.locator(".way")).hasCount(3);

    page.locator(".way.resubmit button").click();
    Locator dialog = page.locator("dialog");
    dialog.locator("button[type=submit]").click(new Locator.ClickOptions().setForce(true));
    assertThat(dialog).isVisible();
    assertThat(bench.hub.ledger().charges()).hasSize(1);
    page.keyboard().press("Escape");
    assertThat(page.locator(".way.resubmit button")).isFocused();
    page.locator(".way.attach input").fill(bench.hub.tasks().get(0).id());
    page.locator(".way.attach button").click();

    page.locator(".detail .pill.done").waitFor();
    assertThat(page.locator(".screen video")).isVisible();
    assertThat(bench.hub.ledger().charges()).hasSize(1);

    bench.hub.next().chargedThenReset();
    StudioBrowser.go(page, "compose");
    compose(PROMPT + ", at dusk");
    send().click();
    page.locator(".job.unknown .button.warn").click();
    page.locator(".way.resubmit button").click();
    dialog.locator("input[type=checkbox]").check();
    dialog.locator("button[type=submit]").click();
    page.locator(".detail .pill.done").waitFor();
    assertThat(bench.hub.ledger().charges()).hasSize(3);
  }

  @Test
  void saysWhatIsLeftWhenABudgetIsExhausted() {
    bench.videos.setBudget(Budget.perMonth(Money.usd("1.50")).forLabel("acme"));
    enter();
    compose(PROMPT);
    send().click();
    page.locator(".job.done").waitFor();
    StudioBrowser.go(page, "compose");
    compose(PROMPT + ", again");

    assertThat(page.locator(".ticket .error")).containsText("Only $0.49 left this month");
    send().click();
    assertThat(page.locator(".ticket [role=alert]")).containsText("$0.49 is left");
    StudioBrowser.go(page, "spend");
    assertThat(page.locator(".cap")).containsText("$0.49");
    assertThat(page.locator(".chart.spend .cap-text")).hasText("Cap $1.50");
    assertThat(bench.hub.ledger().charges()).hasSize(1);
  }

  @Test
  void resumesAfterALostConnectionAndMissesNothing() throws IOException {
    try (CuttableRelay relay = new CuttableRelay(bench.gateway.address())) {
      GatewayBench.Client acme = bench.tenant("acme");
      StudioBrowser.enter(page, relay.address(), acme.secret);
      StudioBrowser.go(page, "jobs");
      String id = acme.create(PROMPT).id();
      page.locator(".job").waitFor();
      bench.videos.await(new JobId(id), Duration.ofSeconds(30));
      page.locator(".job.done").waitFor();
      AtomicInteger lists = new AtomicInteger();
      page.onRequest(request -> lists.addAndGet(request.url().contains("?limit=") ? 1 : 0));
      List<String> resumed = new ArrayList<>();
      page.onRequest(
          request -> {
            String last = request.headers().get("last-event-id");
            if (request.url().endsWith("/events") && last != null) {
              resumed.add(last);
            }
          });

      relay.cut();
      page.locator(".connection[data-state=lost]").waitFor();
      String missed = acme.create(PROMPT + ", unseen").id();
      bench.videos.await(new JobId(missed), Duration.ofSeconds(30));
      relay.mend();
      page.locator(".connection[data-state=live]").waitFor();

      assertThat(page.locator(".job.done")).hasCount(2);
      assertThat(page.locator(".jobs")).containsText("unseen");
      assertThat(resumed).isNotEmpty();
      assertThat(lists).as("the list is not asked for again").hasValue(0);
    }
  }

  @Test
  void neverChargesTwiceForADoubleClickOrALostAnswer() {
    enter();
    AtomicInteger posts = new AtomicInteger();
    List<String> keys = new ArrayList<>();
    page.route(
        Pattern.compile("/generations$"),
        route -> {
          if (!route.request().method().equals("POST")) {
            route.resume();
            return;
          }
          keys.add(route.request().headerValue("idempotency-key"));
          if (posts.incrementAndGet() == 1) {
            route.fetch(); // it arrives, and is answered
            route.abort(); // but the browser never hears of it
          } else {
            route.resume();
          }
        });
    compose(PROMPT);

    send().dblclick();

    page.locator(".job.done").waitFor();
    assertThat(page.locator(".job")).hasCount(1);
    assertThat(posts).hasValue(2);
    assertThat(keys.get(0)).isEqualTo(keys.get(1)).startsWith("page-");
    assertThat(bench.hub.ledger().charges()).hasSize(1);
  }

  @Test
  void showsNoPriceAsCurrentThatIsNotTheForms() {
    enter();
    compose(PROMPT);
    List<Route> held = new ArrayList<>();
    page.route(Pattern.compile("/quotes$"), held::add);

    page.locator("input[type=range]").fill("10");

    assertThat(send()).hasText("Checking the price…");
    assertThat(send()).isDisabled();
    assertThat(page.locator(".ticket")).hasAttribute("data-state", "asking");
    send().click(new Locator.ClickOptions().setForce(true));
    page.waitForCondition(() -> held.size() == 1);
    page.locator("input[type=range]").fill("15");
    page.waitForCondition(() -> held.size() == 2);
    held.get(1).resume();
    assertThat(send()).hasText("Generate for $3.00");
    assertThat(bench.hub.ledger().entries()).isEmpty();
    page.unroute(Pattern.compile("/quotes$"));
  }

  @Test
  void takesAClipOnWithChangesAndAsInput() {
    enter();
    compose(PROMPT);
    page.locator("input[type=range]").fill("7");
    assertThat(send()).hasText("Generate for $1.40");
    send().click();
    page.locator(".job.done").waitFor();
    StudioBrowser.go(page, "clips");
    page.locator("[data-do=again]").click();
    assertThat(page.locator("#prompt")).hasValue(PROMPT);
    assertThat(page.locator("input[type=range]")).hasValue("7");
    StudioBrowser.go(page, "clips");
    page.locator("[data-do=use]").click();

    // 7 s again, and the clip's own 7 s and one frame, to the next millisecond
    assertThat(page.locator(".medium input")).hasValue("7.042");
    assertThat(send()).hasText("Generate for $2.8084");
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(Files.createTempDirectory("studio").resolve(name), bytes);
  }

  private static byte[] picture() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(640, 640, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }

  private static byte[] clip(int seconds) {
    return PlayableClip.render(
        new ClipSpec(1280, 720, seconds * ClipSpec.FRAMES_PER_SECOND, false, List.of("a walk")));
  }
}
