package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.seedance4j.testkit.fault.ConnectionFault;
import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.fault.Fault;
import io.github.seedance4j.testkit.fault.FaultJson;
import io.github.seedance4j.testkit.fault.FileFault;
import io.github.seedance4j.testkit.fault.TaskFault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/faults.md against the fake: every row is a fault, and every fault strikes. */
class FaultTableTest {

  private static final int MOST_POLLS = 8;
  private static final int MOST_DOWNLOADS = 3;
  private static final Pattern LINK = Pattern.compile("\"video_url\":\"(http://127[^\"]+)\"");

  static Stream<FaultTable.Row> rowsInJson() {
    return FaultTable.rows().stream().filter(row -> !row.javaOnly());
  }

  @ParameterizedTest
  @MethodSource("rowsInJson")
  void strikesAsItsRowSays(FaultTable.Row row) throws Exception {
    fire(row.fault());
  }

  @Test
  void strikesInJavaOnly() throws Exception {
    fire(new CreateFault.RewritesCreate(tree -> tree));
    fire(new TaskFault.RewritesStatus(tree -> tree));
  }

  @Test
  void hasARowForEachFault() {
    Set<String> named = new TreeSet<>();
    FaultTable.rows().forEach(row -> named.add(row.name()));

    assertThat(named).containsExactlyInAnyOrderElementsOf(FaultJson.names());
    assertThat(FaultTable.rows().stream().filter(FaultTable.Row::javaOnly))
        .extracting(FaultTable.Row::name)
        .containsExactlyInAnyOrder("rewrites-create", "rewrites-status");
  }

  @Test
  void hasARowForEachStatusChargedAndNot() {
    Set<String> refusals =
        rowsInJson()
            .map(FaultTable.Row::fault)
            .filter(CreateFault.Refuses.class::isInstance)
            .map(CreateFault.Refuses.class::cast)
            .map(refusal -> refusal.status() + " " + refusal.charged())
            .collect(Collectors.toSet());

    for (int status :
        List.of(400, 401, 402, 403, 404, 408, 409, 422, 425, 429, 500, 502, 503, 504)) {
      assertThat(refusals).contains(status + " true", status + " false");
    }
  }

  @Test
  void hasNoRowTwice() {
    assertThat(FaultTable.rows()).extracting(FaultTable.Row::json).doesNotHaveDuplicates();
    assertThat(rowsInJson().map(FaultTable.Row::fault).distinct()).hasSizeGreaterThan(90);
  }

  /** Plays on a fake of its own, whatever it strikes, until it has struck. */
  private static void fire(Fault fault) throws Exception {
    try (FakeTokenHub hub = HubClient.hub().start()) {
      BooleanSupplier struck = () -> hub.struck().contains(fault);
      WireClient.exchange(hub, WireClient.create());
      if (fault instanceof ConnectionFault connection) {
        hub.nextConnection(connection);
      } else {
        hub.next().with(fault);
      }
      assertThat(hub.struck())
          .allMatch(early -> early instanceof ConnectionFault.RefusesConnections);
      if (fault instanceof ConnectionFault.RefusesConnections) {
        assertThatThrownBy(() -> WireClient.exchange(hub, WireClient.create()))
            .isInstanceOf(ConnectException.class);
      } else {
        WireClient.exchange(hub, WireClient.create(), struck);
        if (fault instanceof TaskFault || fault instanceof FileFault) {
          follow(hub, hub.tasks().get(1).id(), struck);
        }
      }
      assertThat(hub.struck()).isNotEmpty().allMatch(fault::equals);
    }
  }

  private static void follow(FakeTokenHub hub, String id, BooleanSupplier struck)
      throws IOException {
    for (int poll = 0; poll < MOST_POLLS && !struck.getAsBoolean(); poll++) {
      WireClient.Got got =
          WireClient.exchange(hub, get("/api/v1/videos/generations/" + id, ""), struck);
      Matcher link = LINK.matcher(got.text());
      for (int i = 0; link.find(0) && i < MOST_DOWNLOADS && !struck.getAsBoolean(); i++) {
        URI uri = URI.create(link.group(1));
        String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        WireClient.exchange(hub, get(path, "Range: bytes=100-\r\n"), struck);
        WireClient.exchange(hub, get(path, ""), struck);
      }
    }
  }

  private static String get(String path, String headers) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer th-x\r\nConnection: close\r\n"
        + headers
        + "\r\n";
  }
}
