package io.github.seedance4j.adapter.cli.serve;

import io.github.seedance4j.adapter.cli.command.Gateways.Database;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A database as people write it: {@code jdbc:postgresql://host/name} or {@code
 * postgresql://user:password@host/name}. What is in the environment wins over the address, which
 * others see in the list of processes; no message repeats a password.
 */
final class DatabaseAddress {

  static final String VARIABLE = "SEEDANCE_DB";
  static final String PASSWORD = "SEEDANCE_DB_PASSWORD";
  static final String PASSWORD_FILE = "SEEDANCE_DB_PASSWORD_FILE";

  private DatabaseAddress() {}

  /**
   * Takes it apart.
   *
   * @param name how messages call it
   * @throws IllegalArgumentException if it is none
   */
  static Database of(String name, String text, Surroundings around) {
    URI url = uri(name, text);
    String user = around.variable("PGUSER");
    String password = "";
    String place = url.getRawAuthority(); // of several hosts, too, which a URI can't take apart
    int at = place.lastIndexOf('@');
    if (at >= 0) {
      String[] parts = place.substring(0, at).split(":", 2);
      user = decoded(parts[0]);
      password = parts.length > 1 ? decoded(parts[1]) : "";
    }
    List<String> rest = new ArrayList<>();
    String query = url.getRawQuery();
    for (String part : query == null ? new String[0] : query.split("&")) {
      if (part.startsWith("user=")) {
        user = decoded(part.substring("user=".length()));
      } else if (part.startsWith("password=")) {
        password = decoded(part.substring("password=".length()));
      } else if (!part.isEmpty()) {
        rest.add(part);
      }
    }
    if (user.isEmpty()) {
      user = around.variable("USER");
    }
    return new Database(
        "jdbc:postgresql://"
            + place.substring(at + 1)
            + url.getRawPath()
            + (rest.isEmpty() ? "" : "?" + String.join("&", rest)),
        user,
        password(around, password));
  }

  private static URI uri(String name, String text) {
    String plain =
        text.strip().replaceFirst("^jdbc:", "").replaceFirst("^postgres:", "postgresql:");
    try {
      URI url = new URI(plain);
      String database = url.getRawPath();
      if ("postgresql".equals(url.getScheme())
          && url.getRawAuthority() != null
          && database != null
          && database.length() > 1) {
        return url;
      }
    } catch (URISyntaxException e) {
      // as below, without its words, which repeat the address
    }
    throw new IllegalArgumentException(
        name
            + ": no address of a PostgreSQL database such as postgresql://user@host/name (the"
            + " password best in "
            + PASSWORD
            + ")");
  }

  private static String password(Surroundings around, String given) {
    if (around.isSet(PASSWORD)) {
      return around.variable(PASSWORD);
    }
    if (!around.isSet(PASSWORD_FILE)) {
      return given;
    }
    Path file = around.directory().resolve(around.variable(PASSWORD_FILE));
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(PASSWORD_FILE + ": can't read " + file, e);
    }
  }

  private static String decoded(String text) {
    // a plus is no space here
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
