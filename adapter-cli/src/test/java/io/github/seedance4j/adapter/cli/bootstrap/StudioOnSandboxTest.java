package io.github.seedance4j.adapter.cli.bootstrap;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.github.seedance4j.testkit.ledger.Ledger;
import io.github.seedance4j.testkit.media.ClipSpec;
import io.github.seedance4j.testkit.media.PlayableClip;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The studio of {@code serve --sandbox}, as it is started, in real Chromium, from end to end. */
@Tag("long")
@Timeout(180)
class StudioOnSandboxTest {

  private static final String PROMPT = "A lighthouse on a cliff at dawn, waves far below";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path folder;

  @Test
  void isUsedFromAPromptToABudgetsEnd() throws Exception {
    Path chromium = chromium();
    String admin = key("root", "--admin");
    String acme = key("acme", "--budget", "6.00/month");
    try (ServedSandbox gateway = ServedSandbox.start(folder, "--task-seconds", "1");
        Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(
                            List.of(
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--autoplay-policy=no-user-gesture-required")))) {
      Page page = page(browser, gateway, acme);
      makesAClipAndPlaysIt(page);
      pricesFilesExactlyAndRefusesAMix(page);
      isBackAfterItsGatewayWasKilled(page, gateway);
      page.context().close();

      Page admins = page(browser, gateway, admin);
      resolvesALostReply(admins, gateway);
      admins.context().close();

      Page last = page(browser, gateway, acme);
      saysWhatIsLeft(last);
      assertThat(Ledger.read(gateway.ledger()).charges()).hasSize(3);
    }
  }

  private static Page page(Browser browser, ServedSandbox gateway, String key) {
    Page page = browser.newContext(new Browser.NewContextOptions().setLocale("en-US")).newPage();
    page.context().setDefaultTimeout(30_000);
    page.navigate(gateway.base().resolve("/").toString());
    page.locator("input.secret").fill(key);
    page.locator(".signin-form button").click();
    page.locator(".connection[data-state=live]").waitFor();
    return page;
  }

  private static Locator compose(Page page, String prompt) {
    page.locator("nav a[href='#/compose']").click();
    page.locator("#prompt").fill(prompt);
    Locator send = page.locator(".send");
    assertThat(send).isEnabled();
    return send;
  }

  private static void makesAClipAndPlaysIt(Page page) {
    Locator send = compose(page, PROMPT);
    assertThat(send).hasText("Generate for $1.00");
    send.click();
    page.locator(".job.done").waitFor();
    page.locator("nav a[href='#/clips']").click();
    page.locator(".start").click();
    page.waitForFunction("() => document.querySelector('video').currentTime > 0.2");
  }

  private void pricesFilesExactlyAndRefusesAMix(Page page) throws IOException {
    Locator send = compose(page, "The woman from image 1 walks through video 1");
    page.locator("input[type=file]").setInputFiles(new Path[] {picture(), clip(6)});
    assertThat(page.locator(".medium").nth(1)).containsText("6 sec");
    assertThat(send).hasText("Generate for $2.20"); // (6 + 5) s at 0.20
    assertThat(send).isEnabled();

    page.locator(".medium select").first().selectOption("last_frame");
    assertThat(page.locator("#media-wrong")).containsText("first");
    assertThat(send).isDisabled();
    page.locator(".medium select").first().selectOption("reference_image");
    send.click();
    assertThat(page.locator(".job.done")).hasCount(2);
  }

  private static void isBackAfterItsGatewayWasKilled(Page page, ServedSandbox gateway)
      throws Exception {
    gateway.killAndStartAgain();
    page.locator(".connection[data-state=live]").waitFor();
    page.locator("nav a[href='#/jobs']").click();
    assertThat(page.locator(".job.done")).hasCount(2);
  }

  private static void resolvesALostReply(Page page, ServedSandbox gateway) throws Exception {
    ask(gateway, "/_fake/faults", "{\"faults\":[{\"fault\":\"resets-after-charge\"}]}");
    compose(page, PROMPT + ", once more").click();
    Locator unknown = page.locator(".job.unknown");
    assertThat(unknown).containsText("may have been charged");
    unknown.locator(".button.warn").click();
    String state = ask(gateway, "/_fake/state", null);
    String task =
        state.replaceFirst("(?s).*?\"tasks\":\\s*\\[\\{[^}]*?\"id\":\\s*\"([^\"]+)\".*", "$1");
    page.locator(".way.attach input").fill(task);
    page.locator(".way.attach button").click();
    page.locator(".detail .pill.done").waitFor();
  }

  private static void saysWhatIsLeft(Page page) {
    compose(page, PROMPT);
    page.locator("input[type=range]").fill("15");
    assertThat(page.locator(".send")).hasText("Generate for $3.00");
    assertThat(page.locator(".ticket .error")).containsText("left this month");
    page.locator(".send").click();
    assertThat(page.locator(".ticket [role=alert]")).containsText("is left");
  }

  private static String ask(ServedSandbox gateway, String path, String body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(gateway.provider().resolve(path));
    if (body != null) {
      request.header("Content-Type", "application/json");
      request.POST(HttpRequest.BodyPublishers.ofString(body));
    }
    HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private String key(String tenant, String... flags) throws Exception {
    String[] words =
        Stream.concat(Stream.of("serve", "keys", "add", tenant, "--sandbox"), Stream.of(flags))
            .toArray(String[]::new);
    try (CommandProcess command = CommandProcess.start(folder, "", words)) {
      String key = command.out.readLine();
      assertThat(command.awaitExit()).as(command.said()).isZero();
      return key;
    }
  }

  private Path picture() throws IOException {
    Path file = folder.resolve("woman.png");
    ImageIO.write(new BufferedImage(640, 640, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    return file;
  }

  private Path clip(int seconds) throws IOException {
    int frames = seconds * ClipSpec.FRAMES_PER_SECOND;
    return Files.write(
        folder.resolve("walk.mp4"),
        PlayableClip.render(new ClipSpec(1280, 720, frames, false, List.of("a walk"))));
  }

  private static Path chromium() {
    Optional<Path> chromium =
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .map(directory -> Path.of(directory, "chromium"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(
        chromium.isPresent(), "chromium is not on the PATH; on Debian: apt-get install chromium");
    return chromium.get();
  }
}
