package io.github.seedance4j.adapter.cli.setup;

import io.github.seedance4j.adapter.cli.command.ExitCode;
import io.github.seedance4j.adapter.cli.command.JournalCommand;
import io.github.seedance4j.adapter.cli.command.Talk;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.adapter.cli.text.Json;
import io.github.seedance4j.adapter.cli.text.Paragraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at all that has to be right before a clip can be made, and says what to do. */
public final class DoctorCommand extends JournalCommand {

  private static final int WIDTH = 10;

  public DoctorCommand(Surroundings around, Workshop workshop) {
    super(
        "doctor",
        "See whether all is well: settings, key, clock, disk, journal, network, prices. Costs"
            + " nothing; exit 0 unless something fails.",
        around.with(around.settings().tolerant()),
        workshop,
        "%nExample:",
        "  seedance doctor --json");
  }

  @Override
  public Integer call() {
    List<Checkup.Finding> findings = new Checkup(this, around, workshop).all();
    findings.forEach(this::show);
    return findings.stream()
        .filter(finding -> finding.level() == Checkup.Level.FAIL)
        .map(Checkup.Finding::exit)
        .findFirst()
        .orElse(ExitCode.DONE);
  }

  private void show(Checkup.Finding finding) {
    String level = finding.level().name().toLowerCase(Locale.ROOT);
    if (json.or(false)) {
      Map<String, @Nullable Object> line = new LinkedHashMap<>();
      line.put("check", finding.name());
      line.put("level", level);
      line.put("message", finding.text());
      line.put("next", finding.next().isEmpty() ? null : finding.next());
      result(Json.write(line));
    } else {
      String line =
          level
              + " ".repeat(6 - level.length())
              + finding.name()
              + " ".repeat(WIDTH - finding.name().length())
              + Talk.printable(finding.text()).replace('\n', ' ')
              + (finding.next().isEmpty() ? "" : " → " + finding.next());
      int columns = around.outLive() ? around.window().columns() : 0;
      result(Paragraph.wrapped(line, columns, 6 + WIDTH, around.program()));
    }
  }
}
