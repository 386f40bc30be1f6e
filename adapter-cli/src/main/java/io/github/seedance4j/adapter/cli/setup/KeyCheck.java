package io.github.seedance4j.adapter.cli.setup;

import io.github.seedance4j.adapter.cli.command.Ending;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.error.AccountException;
import io.github.seedance4j.error.NotFoundException;
import io.github.seedance4j.error.SeedanceException;
import io.github.seedance4j.task.ProviderFault;
import io.github.seedance4j.task.TaskId;

/**
 * Finds out at no cost whether the provider takes a key: it is asked for a task that can't exist.
 * Whoever has a good key is told that there is none; the others, that the key won't do.
 *
 * @param text what to tell the user, as a sentence's end
 */
record KeyCheck(Kind kind, String text) {

  private static final TaskId NOBODYS = new TaskId("task-00000000-0000-0000-0000-000000000000");
  private static final String NO_KEY = "none";

  enum Kind {
    ACCEPTED,
    REFUSED,
    /** It answered, but not in a way that tells. */
    UNTOLD,
    /** No answer came. */
    UNREACHABLE
  }

  /**
   * Asks, and asks once more without a usable key: an address that says the same then isn't the
   * API, or doesn't look at keys.
   *
   * @throws IllegalArgumentException if the address or the key can't be used
   */
  static KeyCheck of(Workshop workshop, Access access, Surroundings around) {
    KeyCheck first = ask(workshop, access, around);
    if (first.kind != Kind.ACCEPTED || !first.text.isEmpty()) {
      return first;
    }
    KeyCheck other = ask(workshop, access.as(NO_KEY), around);
    return other.kind == Kind.REFUSED
        ? new KeyCheck(Kind.ACCEPTED, "accepted by " + access.baseUrl())
        : new KeyCheck(
            Kind.UNTOLD,
            access.baseUrl()
                + " says the same to any key: does "
                + Access.addressName(around)
                + " end in /api/v1?");
  }

  private static KeyCheck ask(Workshop workshop, Access access, Surroundings around) {
    try (Workshop.Bench bench = workshop.open(Workshop.Setup.to(access, around))) {
      bench.videos().task(NOBODYS);
      return new KeyCheck(Kind.UNTOLD, access.baseUrl() + " knows a task that can't exist");
    } catch (NotFoundException e) {
      return new KeyCheck(Kind.ACCEPTED, "");
    } catch (AccountException e) {
      ProviderFault.Kind kind = e.fault().map(ProviderFault::kind).orElse(null);
      String said = e.fault().map(ProviderFault::text).orElse(String.valueOf(e.getMessage()));
      return kind == ProviderFault.Kind.BALANCE
          ? new KeyCheck(Kind.ACCEPTED, "accepted by " + access.baseUrl() + ", but: " + said)
          : new KeyCheck(Kind.REFUSED, access.baseUrl() + " doesn't accept it: " + said);
    } catch (SeedanceException e) {
      return new KeyCheck(Kind.UNREACHABLE, Ending.unsent(String.valueOf(e.getMessage())));
    }
  }
}
