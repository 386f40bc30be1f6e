package io.github.seedance4j.testkit.simulation;

import io.github.seedance4j.error.RetryLaterException;
import io.github.seedance4j.job.Budget;
import io.github.seedance4j.job.CreateReply;
import io.github.seedance4j.job.Job;
import io.github.seedance4j.job.JobEvent;
import io.github.seedance4j.job.ProviderAccount;
import io.github.seedance4j.port.out.ForwardingJournal;
import io.github.seedance4j.port.out.JobJournal;
import io.github.seedance4j.port.out.VideoFetcher;
import io.github.seedance4j.port.out.VideoProvider;
import io.github.seedance4j.request.GenerationRequest;
import io.github.seedance4j.task.TaskId;
import io.github.seedance4j.task.VideoTask;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What could be wrong with how a service speaks to its provider and to its listeners. */
final class PlantedOnTheWire {

  private PlantedOnTheWire() {}

  /** Takes answers to create calls for something else than they are. */
  static VideoProvider misreading(VideoProvider sound, UnaryOperator<CreateReply> reading) {
    return new Passing(sound) {
      @Override
      CreateReply send(Create create) {
        return reading.apply(super.send(create));
      }
    };
  }

  /** Sends it twice if no answer came, as clients do by themselves. */
  static VideoProvider sendingAgain(VideoProvider sound) {
    return new Passing(sound) {
      @Override
      CreateReply send(Create create) {
        CreateReply reply = super.send(create);
        boolean answered = reply instanceof CreateReply.Answered answer && answer.status() < 500;
        return answered ? reply : super.send(create);
      }
    };
  }

  /** Records an intent only once it was sent. */
  static Ports intendingLate(Ports sound) {
    Deque<Runnable> intents = new ArrayDeque<>();
    JobJournal journal =
        new ForwardingJournal(sound.journal()) {
          @Override
          public Admission admit(Job intended, List<Budget> budgets, String owner) {
            intents.add(() -> super.admit(intended, budgets, owner));
            return new Admission.Admitted(intended);
          }
        };
    VideoProvider provider =
        new Passing(sound.provider()) {
          @Override
          CreateReply send(Create create) {
            CreateReply reply = super.send(create);
            while (!intents.isEmpty()) {
              intents.remove().run();
            }
            return reply;
          }
        };
    return sound.with(journal).with(provider);
  }

  /** Takes what came of a broken transfer for the clip. */
  static VideoFetcher contentWithHalf(VideoFetcher sound) {
    SimulatedProvider hub = (SimulatedProvider) sound;
    return (url, target, progress) -> {
      try {
        return sound.fetch(url, target, progress);
      } catch (RetryLaterException e) {
        return Objects.requireNonNull(hub.half(target, url));
      }
    };
  }

  /** Tells an event when the next one comes. */
  static final class TellsLater implements Consumer<JobEvent> {
    private final Consumer<JobEvent> sound;
    private final Deque<JobEvent> later = new ArrayDeque<>();

    TellsLater(Consumer<JobEvent> sound) {
      this.sound = sound;
    }

    @Override
    public void accept(JobEvent event) {
      later.add(event);
      if (later.size() > 1) {
        sound.accept(later.remove());
      }
    }
  }

  /** Gives an event another id each time. */
  static Consumer<JobEvent> renaming(Consumer<JobEvent> sound) {
    int[] count = new int[1];
    return event ->
        sound.accept(
            new JobEvent(event.id() + "-" + count[0]++, event.job(), event.at(), event.download()));
  }

  private static class Passing implements VideoProvider {
    private final VideoProvider sound;

    Passing(VideoProvider sound) {
      this.sound = sound;
    }

    @Override
    public ProviderAccount account() {
      return sound.account();
    }

    @Override
    public Create prepare(GenerationRequest request) {
      Create create = sound.prepare(request);
      return new Create() {
        @Override
        public String bodySha256() {
          return create.bodySha256();
        }

        @Override
        public CreateReply send() {
          return Passing.this.send(create);
        }
      };
    }

    CreateReply send(Create create) {
      return create.send();
    }

    @Override
    public VideoTask task(TaskId id) {
      return sound.task(id);
    }
  }
}
