package io.github.seedance4j.adapter.rest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The system's Chromium, driven by Playwright, which fetches none of its own. Not thread-safe: one
 * test class, one browser, one thread.
 */
final class StudioBrowser implements AutoCloseable {

  /** Without these Chromium looks for hosts of its maker's at every start. */
  private static final List<String> QUIET =
      List.of(
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--autoplay-policy=no-user-gesture-required");

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> troubles = new ArrayList<>();

  private StudioBrowser(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts it; where there is none, the test is skipped and says how to get one. */
  static StudioBrowser start() {
    Optional<Path> chromium =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(
                name ->
                    Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .map(directory -> Path.of(directory, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(
        chromium.isPresent(), "chromium is not on the PATH; on Debian: apt-get install chromium");
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new StudioBrowser(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions().setExecutablePath(chromium.get()).setArgs(QUIET)));
  }

  static Browser.NewContextOptions wide() {
    return new Browser.NewContextOptions()
        .setViewportSize(1280, 900)
        .setLocale("en-US")
        .setColorScheme(ColorScheme.LIGHT);
  }

  static Browser.NewContextOptions phone() {
    return wide().setViewportSize(390, 844).setHasTouch(true).setIsMobile(true);
  }

  /** An empty tab whose console, failures and requests are watched. */
  Page tab(Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    context.setDefaultTimeout(15_000);
    Page page = context.newPage();
    page.onPageError(error -> troubles.add("error: " + error));
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")
              && !message.text().contains("Failed to load resource")) {
            troubles.add("console: " + message.text());
          }
        });
    return page;
  }

  /** What scripts or policies complained of since the last time. */
  List<String> troubles() {
    List<String> all = List.copyOf(troubles);
    troubles.clear();
    return all;
  }

  /** Opens the studio at that address, and signs in. */
  static void enter(Page page, URI gateway, String key) {
    page.navigate(gateway + "/");
    page.locator("input.secret").fill(key);
    page.locator(".signin-form button").click();
    page.locator(".connection[data-state=live]").waitFor();
  }

  /** Goes to a view by its link in the bar. */
  static void go(Page page, String view) {
    page.locator("nav a[href='#/" + view + "']").click();
    page.locator(".view-" + view + " h1").waitFor();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
