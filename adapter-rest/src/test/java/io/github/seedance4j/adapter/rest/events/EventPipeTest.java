package io.github.seedance4j.adapter.rest.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class EventPipeTest {

  /** A connection that takes bytes when it is told to. */
  private static final class Connection extends ServletOutputStream {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private int takes;
    private boolean broken;

    @Override
    public boolean isReady() {
      return takes > 0;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}

    @Override
    public void write(int b) {
      throw new AssertionError("one byte at a time");
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      if (broken) {
        throw new IOException("the client is gone");
      }
      assertThat(takes--).isPositive();
      sent.writeBytes(bytes);
    }

    @Override
    public void flush() {
      assertThat(takes--).isPositive();
    }

    String text() {
      return sent.toString(UTF_8);
    }
  }

  private static Frame frame(String subject, String text) {
    return new Frame(subject, () -> text.getBytes(UTF_8));
  }

  private final Connection connection = new Connection();
  private final EventPipe pipe = new EventPipe(() -> frame("reset", "all;"));

  @Test
  void keepsTheNewestOfEachForAClientThatIsSlow() {
    pipe.writeTo(connection);
    pipe.put(frame("a", "a1;"));
    pipe.put(frame("b", "b1;"));
    pipe.put(frame("a", "a2;"));

    connection.takes = 3;
    pipe.onWritePossible();

    assertThat(connection.text()).isEqualTo("b1;a2;");
  }

  @Test
  void givesUpTellingEachToAClientThatIsFarTooSlow() {
    pipe.writeTo(connection);
    for (int i = 0; i <= 1_000; i++) {
      pipe.put(frame("job " + i, i + ";"));
    }
    pipe.put(frame("after", "after;"));

    connection.takes = 10;
    pipe.onWritePossible();

    assertThat(connection.text()).isEqualTo("all;after;");
  }

  @Test
  void beatsOnceHoweverLongNothingIsTaken() {
    pipe.writeTo(connection);
    pipe.beat();
    pipe.beat();

    connection.takes = 10;
    pipe.onWritePossible();

    assertThat(connection.text()).isEqualTo(":\n\n");
  }

  @Test
  void endsWhenWhatWaitsIsSent() {
    pipe.writeTo(connection);
    pipe.put(frame("a", "a1;"));
    pipe.end();
    assertThat(pipe.done()).isNotDone();

    connection.takes = 1;
    pipe.onWritePossible();
    assertThat(pipe.done()).isNotDone();
    connection.takes = 2;
    pipe.onWritePossible();

    assertThat(pipe.done()).isDone();
    assertThat(connection.text()).isEqualTo("a1;");
  }

  @Test
  void endsWithItsClient() {
    connection.takes = 10;
    connection.broken = true;
    pipe.writeTo(connection);

    pipe.put(frame("a", "a1;"));

    assertThat(pipe.done()).isDone();
  }
}
