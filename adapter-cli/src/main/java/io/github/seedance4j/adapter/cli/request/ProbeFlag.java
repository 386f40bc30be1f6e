package io.github.seedance4j.adapter.cli.request;

import io.github.seedance4j.adapter.cli.command.Flags;
import io.github.seedance4j.adapter.cli.command.Flags.Flag;
import io.github.seedance4j.adapter.cli.command.Talk;
import io.github.seedance4j.adapter.cli.command.Workshop;
import io.github.seedance4j.adapter.cli.settings.Access;
import io.github.seedance4j.adapter.cli.settings.Surroundings;
import io.github.seedance4j.error.InvalidRequestException;
import io.github.seedance4j.media.MediaFacts;
import io.github.seedance4j.media.MediaProbe;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code --probe}: media behind addresses are looked at, too. What can't be is remarked on, and is
 * no error: the provider may well see more of the net than this machine does.
 */
public final class ProbeFlag {

  private final Surroundings around;
  private final Workshop workshop;
  private final Flag<Boolean> flag;

  public ProbeFlag(Flags flags, Surroundings around, Workshop workshop) {
    this.around = around;
    this.workshop = workshop;
    flag =
        flags.toggle(
            "Look at media behind addresses too: fetches their first few kilobytes, so that lengths"
                + " are known and the price is exact.",
            "--probe");
  }

  public boolean isSet() {
    return flag.or(false);
  }

  /**
   * Begins to look; without the flag at what {@code near} looks at alone.
   *
   * @throws IllegalArgumentException if the environment can't be read
   */
  public Look begin(MediaProbe near, Talk talk) {
    return new Look(near, isSet() ? workshop.links(Access.allowsLoopback(around)) : null, talk);
  }

  /** A look at several media, at each once. Not thread-safe. */
  public static final class Look implements MediaProbe, AutoCloseable {

    private final MediaProbe near;
    private final Workshop.@Nullable Links far;
    private final Talk talk;
    private final Map<String, Optional<MediaFacts>> seen = new HashMap<>();

    private Look(MediaProbe near, Workshop.@Nullable Links far, Talk talk) {
      this.near = near;
      this.far = far;
      this.talk = talk;
    }

    @Override
    public Optional<MediaFacts> probe(String address) throws IOException {
      Optional<MediaFacts> known = near.probe(address);
      if (known.isPresent() || far == null) {
        return known;
      }
      return seen.computeIfAbsent(address, link -> look(far, link));
    }

    private Optional<MediaFacts> look(Workshop.Links links, String address) {
      String shown = MediaProbe.plain(address);
      talk.live("Looking at " + shown + " …");
      try {
        return links.probe(address);
      } catch (InvalidRequestException | IOException e) {
        talk.note(
            shown
                + " can't be looked at: "
                + e.getMessage()
                + "; the request goes on without knowing its length or size");
        return Optional.empty();
      } finally {
        talk.endLive();
      }
    }

    @Override
    public void close() {
      if (far != null) {
        far.close();
      }
    }
  }
}
