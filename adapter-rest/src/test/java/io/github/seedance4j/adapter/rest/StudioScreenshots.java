package io.github.seedance4j.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.github.seedance4j.service.InMemoryJobJournal;
import io.github.seedance4j.testkit.media.ClipSpec;
import io.github.seedance4j.testkit.media.PlayableClip;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the pictures of the studio that the documentation shows, into the folder that the property
 * {@code studio.screenshots} names: {@code mvn -Dquick -pl adapter-rest -am verify
 * -Dtest=StudioScreenshots -Dsurefire.failIfNoSpecifiedTests=false
 * -Dstudio.screenshots=$PWD/docs/studio}.
 */
@EnabledIfSystemProperty(named = "studio.screenshots", matches = ".+")
class StudioScreenshots {

  private static final long MOST_BYTES = 150_000;
  private static final String PROMPT =
      "The woman from image 1 walks through the tram of video 1, neon on wet glass, slow dolly,"
          + " 35mm film look";

  @Test
  void areMade(@TempDir Path folder) throws IOException {
    Path target = Path.of(System.getProperty("studio.screenshots"));
    Files.createDirectories(target);
    InMemoryJobJournal journal = new InMemoryJobJournal();
    new StudioWeeks(folder.resolve("clips"), journal, "acme").fill(Instant.now());
    try (GatewayBench bench =
            GatewayBench.open(
                folder, journal, service -> service, gateway -> gateway.nearProvider(true));
        StudioBrowser browser = StudioBrowser.start()) {
      String key = bench.tenant("acme").secret;
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        for (boolean wide : List.of(true, false)) {
          Browser.NewContextOptions options = wide ? StudioBrowser.wide() : StudioBrowser.phone();
          Page page = browser.tab(options.setColorScheme(scheme));
          String kind =
              "-" + scheme.name().toLowerCase(Locale.ROOT) + (wide ? "-wide" : "-phone") + ".png";
          page.navigate(bench.gateway.address() + "/");
          page.locator("input.secret").waitFor();
          take(page, target.resolve("signin" + kind));
          StudioBrowser.enter(page, bench.gateway.address(), key);
          compose(page);
          take(page, target.resolve("compose" + kind));
          StudioBrowser.go(page, "jobs");
          page.locator(".job.failed").waitFor();
          take(page, target.resolve("jobs" + kind));
          page.locator(".job.unknown .job-prompt a").click();
          page.locator(".resolve").waitFor();
          take(page, target.resolve("unknown" + kind));
          StudioBrowser.go(page, "clips");
          page.waitForFunction("() => document.querySelector('video').readyState >= 2");
          page.waitForTimeout(500); // for those below it
          take(page, target.resolve("clips" + kind));
          StudioBrowser.go(page, "spend");
          page.locator(".chart.wait").waitFor();
          take(page, target.resolve("spend" + kind));
          page.context().close();
        }
      }
      assertThat(browser.troubles()).isEmpty();
    }
  }

  private static void compose(Page page) throws IOException {
    page.locator("#prompt").fill(PROMPT);
    page.locator("input[type=file]")
        .setInputFiles(
            new FilePayload[] {
              new FilePayload("portrait.png", "image/png", portrait()),
              new FilePayload("night-tram.mp4", "video/mp4", tram())
            });
    page.locator(".send:not([aria-disabled])").waitFor();
    page.waitForFunction(
        "() => document.querySelector('video.thumb').readyState >= 2"
            + " && !document.querySelector('.toast')");
  }

  private static void take(Page page, Path file) throws IOException {
    page.mouse().move(0, 0);
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
    assertThat(Files.size(file)).as(file.toString()).isLessThan(MOST_BYTES);
  }

  /** Somebody before an evening sky. */
  private static byte[] portrait() throws IOException {
    BufferedImage picture = new BufferedImage(900, 1200, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setPaint(new GradientPaint(0, 0, new Color(0xE8B27A), 0, 1200, new Color(0x3A4D6B)));
    pen.fillRect(0, 0, 900, 1200);
    pen.setColor(new Color(0x2A2027));
    pen.fillOval(330, 380, 240, 300);
    pen.fillRoundRect(200, 720, 500, 700, 240, 240);
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", bytes);
    return bytes.toByteArray();
  }

  private static byte[] tram() {
    return PlayableClip.render(
        new ClipSpec(1280, 720, 5 * ClipSpec.FRAMES_PER_SECOND, true, List.of("night tram")));
  }
}
