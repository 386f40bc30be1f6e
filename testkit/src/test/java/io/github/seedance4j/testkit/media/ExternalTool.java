package io.github.seedance4j.testkit.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
