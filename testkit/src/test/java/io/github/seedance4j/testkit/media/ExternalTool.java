package io.github.seedance4j.testkit.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of this machine; where it is missing, the test that asks for it is skipped. */
public record ExternalTool(Path program) {

  /** The first of the names that is on the PATH. */
  public static ExternalTool required(String aptPackage, String... names) {
    Optional<Path> found =
        Stream.of(names)
            .flatMap(
                name ->
                    Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(directory -> Path.of(directory, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(
        found.isPresent(),
        () -> names[0] + " is not on the PATH; on Debian: apt-get install " + aptPackage);
    return new ExternalTool(found.get());
  }

  /** One that ends well with these arguments, as where all that it needs is installed. */
  public static ExternalTool required(String aptPackage, String name, List<String> probe)
      throws IOException, InterruptedException {
    ExternalTool tool = required(aptPackage, name);
    List<String> command = new ArrayList<>(List.of(tool.program.toString()));
    command.addAll(probe);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assumeTrue(
        process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0,
        () -> name + " lacks something; on Debian: apt-get install " + aptPackage);
    return tool;
  }

  /**
   * Runs a program in that directory to its end, which must be good; what it writes to standard
   * output. No proxy of the machine's comes between it and loopback.
   */
  public String output(Path directory, Path script) throws IOException, InterruptedException {
    Path errors = directory.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(program.toString(), script.toString())
            .directory(directory.toFile())
            .redirectError(errors.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", program).isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return out;
  }

  /** Runs to the end; an exit code or a message on stderr fails the test. Returns stdout. */
  public byte[] run(Path directory, String... arguments) throws IOException, InterruptedException {
    Path output = directory.resolve("stdout");
    Path errors = directory.resolve("stderr");
    Process process = start(directory, List.of(arguments));
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", program).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(errors).content().isEmpty();
    assertThat(process.exitValue()).isZero();
    return Files.readAllBytes(output);
  }

  /** Starts it, its output going to the files stdout and stderr in the directory. */
  public Process start(Path directory, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    ProcessBuilder process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(directory.resolve("stdout").toFile())
            .redirectError(directory.resolve("stderr").toFile());
    process.environment().put("TMPDIR", directory.toString()); // browsers leave sockets there
    return process.start();
  }
}
