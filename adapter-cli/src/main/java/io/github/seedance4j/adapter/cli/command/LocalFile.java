package io.github.seedance4j.adapter.cli.command;

import io.github.seedance4j.request.Finding;
import io.github.seedance4j.request.Rule;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells a file of the user's own from an address. */
public final class LocalFile {

  /** Such as {@code ftp:}; a letter alone is a drive. */
  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:");

  private LocalFile() {}

  /** The file of that name, as {@code file:///…}, if there is one; else what was written. */
  public static String address(Path base, String written) {
    String start = written.substring(0, Math.min(written.length(), 8)).toLowerCase(Locale.ROOT);
    boolean address =
        start.startsWith("http:") || start.startsWith("https:") || start.startsWith("data:");
    InlineMedia.requireWhole(written);
    if (address || written.isBlank()) {
      return written;
    }
    try {
      return Files.exists(base.resolve(written)) ? wherever(base, written) : written;
    } catch (InvalidPathException e) {
      return written;
    }
  }

  /** What to say of an address that is none, if it was meant to be a file. */
  static Optional<String> missing(Finding finding) {
    String given = finding.given();
    return finding.rule() == Rule.URL_INVALID && given != null && isNone(given)
        ? Optional.of(
            "There is no file "
                + given
                + ", and it is no web address. Correct the name, or give an address that begins"
                + " with https://.")
        : Optional.empty();
  }

  /** Whether that is no address of any kind, so that a file of that name was meant. */
  public static boolean isNone(String address) {
    return !address.isBlank() && !SCHEME.matcher(address).find();
  }

  /** The same of a name that no file may have any more. */
  public static String wherever(Path base, String written) {
    return base.resolve(written).toAbsolutePath().normalize().toUri().toString();
  }
}
