package io.github.seedance4j.adapter.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateDirectoryTest {

  @Test
  void isWhereEachPlatformWantsIt() {
    assertThat(StateDirectory.of("Linux", "/home/u", Map.of()))
        .isEqualTo(Path.of("/home/u/.local/state/seedance4j"));
    assertThat(StateDirectory.of("Linux", "/home/u", Map.of("XDG_STATE_HOME", "/state")))
        .isEqualTo(Path.of("/state/seedance4j"));
    assertThat(StateDirectory.of("Mac OS X", "/Users/u", Map.of("XDG_STATE_HOME", "/state")))
        .isEqualTo(Path.of("/Users/u/Library/Application Support/seedance4j"));
    assertThat(StateDirectory.of("Windows 11", "home", Map.of("LOCALAPPDATA", "local")))
        .isEqualTo(Path.of("local", "seedance4j"));
    assertThat(StateDirectory.of("Windows 11", "home", Map.of()))
        .isEqualTo(Path.of("home", "AppData", "Local", "seedance4j"));
  }

  @Test
  void keepsSettingsWhereEachPlatformWantsThem() {
    assertThat(StateDirectory.ofSettings("Linux", "/home/u", Map.of()))
        .isEqualTo(Path.of("/home/u/.config/seedance4j"));
    assertThat(StateDirectory.ofSettings("Linux", "/home/u", Map.of("XDG_CONFIG_HOME", "/c")))
        .isEqualTo(Path.of("/c/seedance4j"));
    assertThat(StateDirectory.ofSettings("Linux", "/home/u", Map.of("XDG_CONFIG_HOME", "c")))
        .isEqualTo(Path.of("/home/u/.config/seedance4j"));
    assertThat(StateDirectory.ofSettings("Mac OS X", "/Users/u", Map.of()))
        .isEqualTo(Path.of("/Users/u/Library/Application Support/seedance4j"));
    assertThat(StateDirectory.ofSettings("Windows 11", "home", Map.of("APPDATA", "roaming")))
        .isEqualTo(Path.of("roaming", "seedance4j"));
    assertThat(StateDirectory.ofSettings("Windows 11", "home", Map.of()))
        .isEqualTo(Path.of("home", "AppData", "Roaming", "seedance4j"));
  }

  @Test
  void believesTheEnvironmentBeforeThePasswordFile() {
    Map<String, String> set = Map.of("HOME", "/tmp/x");
    assertThat(StateDirectory.home("Linux", "/", set)).isEqualTo("/tmp/x");
    assertThat(StateDirectory.home("Mac OS X", "/", set)).isEqualTo("/tmp/x");
    assertThat(StateDirectory.home("Windows 11", "C:\\Users\\u", set)).isEqualTo("C:\\Users\\u");
    assertThat(StateDirectory.home("Linux", "/", Map.of())).isEqualTo("/");
    assertThat(StateDirectory.home("Linux", "/", Map.of("HOME", "x"))).isEqualTo("/");
  }

  @Test
  void knowsThatThereIsNoHome() {
    String nowhere = Path.of("pom.xml").toAbsolutePath().resolve("x").toString(); // below a file
    for (String javas : new String[] {"?", "", nowhere}) {
      assertThat(StateDirectory.home("Linux", javas, Map.of())).as(javas).isNull();
    }
    assertThat(StateDirectory.of("Linux", null, Map.of())).isNull();
    assertThat(StateDirectory.of("Mac OS X", null, Map.of())).isNull();
    assertThat(StateDirectory.ofSettings("Linux", null, Map.of())).isNull();
    assertThat(StateDirectory.of("Linux", null, Map.of("XDG_STATE_HOME", "/state")))
        .isEqualTo(Path.of("/state/seedance4j"));
  }

  @Test
  void ignoresARelativePlaceAsTheSpecificationSays() {
    assertThat(StateDirectory.of("Linux", "/home/u", Map.of("XDG_STATE_HOME", "state")))
        .isEqualTo(Path.of("/home/u/.local/state/seedance4j"));
  }
}
