package io.github.seedance4j.adapter.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.github.seedance4j.testkit.fault.TaskFault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What others wrote is text on the page, whatever it looks like. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD) // a browser belongs to its thread
@Timeout(90)
class StudioInjectionTest {

  private static final String RUNS = "window.pwned=true";
  private static final List<String> SHAPES =
      List.of(
          "<script>%s</script>",
          "<ScRiPt>%s</sCrIpT>",
          "<script src=data:text/javascript,%s></script>",
          "<script type=module>%s</script>",
          "<script/x>%s</script>",
          "<<script>%s//<</script>",
          "</textarea><script>%s</script>",
          "</title><script>%s</script>",
          "--><script>%s</script>",
          "]]><script>%s</script>",
          "<img src=x onerror=%s>",
          "<img src=x:x onerror=\"%s\">",
          "<img/src=x/onerror=%s>",
          "<img src=x onerror=%s//",
          "\"><img src=x onerror=%s>",
          "'><img src=x onerror='%s'>",
          "<svg onload=%s>",
          "<svg><script>%s</script></svg>",
          "<svg><animate onbegin=%s attributeName=x dur=1s>",
          "<svg><use href=\"data:image/svg+xml,<svg onload=%s>\"/></svg>",
          "<svg/onload=%s>",
          "<math><mtext><table><mglyph><style><img src=x onerror=%s>",
          "<body onload=%s>",
          "<iframe src=javascript:%s></iframe>",
          "<iframe srcdoc=\"<script>parent.%s</script>\"></iframe>",
          "<object data=javascript:%s></object>",
          "<embed src=javascript:%s>",
          "<a href=javascript:%s>press</a>",
          "<a href=\"java\nscript:%s\">press</a>",
          "<form action=javascript:%s><button>press</button></form>",
          "<button formaction=javascript:%s>press</button>",
          "<input autofocus onfocus=%s>",
          "<select autofocus onfocus=%s>",
          "<textarea autofocus onfocus=%s>",
          "<details open ontoggle=%s>",
          "<video><source onerror=%s></video>",
          "<video src=x onerror=%s>",
          "<audio src=x onerror=%s>",
          "<marquee onstart=%s>",
          "<meta http-equiv=refresh content=\"0;url=javascript:%s\">",
          "<link rel=stylesheet href=javascript:%s>",
          "<base href=javascript:%s//>",
          "<style>@import 'javascript:%s';</style>",
          "<div style=\"background:url(javascript:%s)\">",
          "<template><script>%s</script></template>",
          "javascript:%s",
          "\";%s;//",
          "';%s;//",
          "`${%s}`",
          "{{constructor.constructor('%s')()}}");

  private StudioBrowser browser;

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

  @AfterEach
  void forget() {
    browser.troubles();
  }

  @Test
  void runsNothingThatOthersWrote(@TempDir Path folder) {
    assertThat(SHAPES).hasSize(50);
    try (GatewayBench bench = GatewayBench.open(folder)) {
      GatewayBench.Client acme = bench.tenant("acme");
      for (String shape : SHAPES) {
        String text = shape.formatted(RUNS);
        acme.ended(acme.create(text).id());
        bench.hub.next().with(new TaskFault.Fails(text, text, false));
        acme.ended(acme.create(text + " ").id());
      }
      bench.hub.next().chargedThenReset();
      String unknown = acme.create(SHAPES.get(0).formatted(RUNS) + " ?").id();
      Page page = browser.tab(StudioBrowser.wide());
      StudioBrowser.enter(page, bench.gateway.address(), acme.secret);

      page.locator("input[type=file]")
          .setInputFiles(
              SHAPES.stream()
                  .map(shape -> file(shape.formatted(RUNS)))
                  .toArray(FilePayload[]::new));
      assertThat(page.locator(".medium")).hasCount(50);
      for (String shape : SHAPES.subList(40, 50)) {
        page.locator("input[type=url]").fill(shape.formatted(RUNS));
        page.locator(".by-url button").click();
      }
      page.locator("#prompt").fill(SHAPES.get(10).formatted(RUNS));
      page.locator(".tag").nth(3).click();
      runsNothing(page);
      for (String view : List.of("jobs", "clips", "spend")) {
        StudioBrowser.go(page, view);
        if (page.locator(".more").isVisible()) {
          page.locator(".more").click();
          page.locator(".more")
              .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
        }
        runsNothing(page);
      }
      StudioBrowser.go(page, "jobs");
      assertThat(page.locator(".job")).hasCount(101);
      assertThat(page.locator(".job.failed q").first()).containsText(RUNS);
      page.navigate(bench.gateway.address() + "/#/jobs/" + unknown);
      page.navigate(bench.gateway.address() + "/#/jobs/%3Cimg%20src=x%20onerror=" + RUNS + "%3E");
      page.locator(".detail .error, input.secret").first().waitFor();
      runsNothing(page);
      assertThat(browser.troubles()).as("nothing even tried to run").isEmpty();
      page.context().close();
    }
  }

  @Test
  void wouldRunNothingEvenIfItBecameMarkup(@TempDir Path folder) {
    try (GatewayBench bench = GatewayBench.open(folder)) {
      Page page = browser.tab(StudioBrowser.wide());
      page.navigate(bench.gateway.address() + "/");
      page.locator("input.secret").waitFor();

      Object refused =
          page.evaluate(
              """
              shapes => shapes.filter(shape => {
                try {
                  document.body.insertAdjacentHTML('beforeend', shape);
                  return false;
                } catch (typeError) {
                  return true;
                }
              }).length
              """,
              SHAPES.stream().map(shape -> shape.formatted(RUNS)).toList());

      assertThat(refused).isEqualTo(50);
      page.evaluate(
          """
          () => {
            const image = document.createElement('img');
            image.setAttribute('src', 'x:x');
            try { image.setAttribute('onerror', 'window.pwned=true'); } catch { }
            document.body.append(image);
            const link = document.createElement('a');
            link.href = 'javascript:window.pwned=true';
            document.body.append(link);
            link.click();
          }
          """);
      runsNothing(page);
      page.context().close();
    }
  }

  private static FilePayload file(String name) {
    return new FilePayload(
        name.replace("/", "\\") + ".png", "image/png", name.getBytes(StandardCharsets.UTF_8));
  }

  private static void runsNothing(Page page) {
    page.waitForTimeout(150); // for handlers of what fails to load
    assertThat(page.evaluate("() => window.pwned === undefined")).isEqualTo(true);
  }
}
