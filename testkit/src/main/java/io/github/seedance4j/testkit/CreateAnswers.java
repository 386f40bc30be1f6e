package io.github.seedance4j.testkit;

import io.github.seedance4j.testkit.fault.CreateFault;
import io.github.seedance4j.testkit.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How each fault of a create is answered, once the ledger has its line. */
final class CreateAnswers {

  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private CreateAnswers() {}

  /** Whether a task is booked and charged before it strikes. */
  static boolean books(CreateFault fault) {
    if (fault instanceof CreateFault.Refuses refusal) {
      return refusal.charged();
    }
    return !(fault instanceof CreateFault.Answers answer) || answer.charged();
  }

  /**
   * @param tree the good answer, which may be changed; empty if no task was booked
   * @param before the id of the task before, if there is one
   */
  static Answer answer(
      CreateFault fault, Map<String, Object> tree, @Nullable String before, String requestId) {
    if (fault instanceof CreateFault.Refuses refusal) {
      return Refusal.answer(
          refusal.status(),
          refusal.shape(),
          refusal.code(),
          refusal.message(),
          refusal.retryAfter(),
          requestId);
    }
    if (fault instanceof CreateFault.Answers answer) {
      return Answer.text(answer.status(), answer.headers(), answer.body());
    }
    if (fault instanceof CreateFault.Redirects redirect) {
      return Answer.text(
          redirect.status(), Map.of("Location", Routes.ELSEWHERE + "/videos/generations"), "");
    }
    Answer broken = withoutAnswer(fault);
    if (broken == null) {
      broken = badlySent(fault, tree);
    }
    if (broken == null) {
      broken = badlyWritten(fault, tree);
    }
    return broken == null ? good(changed(fault, tree, before)) : broken;
  }

  private static @Nullable Answer withoutAnswer(CreateFault fault) {
    if (fault instanceof CreateFault.ResetsAfterCharge) {
      return new Answer.Reset();
    }
    if (fault instanceof CreateFault.ClosesAfterCharge) {
      return new Answer.Close();
    }
    if (fault instanceof CreateFault.HangsAfterCharge) {
      return new Answer.Hang();
    }
    if (fault instanceof CreateFault.AnswersGarbage) {
      return new Answer.Raw(Body.of("\u0016\u0003\u0001 this is not HTTP\n\n"));
    }
    return null;
  }

  private static @Nullable Answer badlySent(CreateFault fault, Map<String, Object> tree) {
    if (fault instanceof CreateFault.DelaysAnswer delay) {
      return good(tree).with(new Delivery.Delayed(delay.by()));
    }
    if (fault instanceof CreateFault.DripsAnswer drips) {
      return good(tree).with(new Delivery.Drips(drips.every(), true));
    }
    if (fault instanceof CreateFault.CutsHead) {
      return good(tree).with(new Delivery.CutInHead());
    }
    if (fault instanceof CreateFault.CutsBody) {
      return good(tree).cutInMiddle(Delivery.How.CLOSE);
    }
    return fault instanceof CreateFault.FloodsHead
        ? good(tree).with(new Delivery.FloodsHead())
        : null;
  }

  private static @Nullable Answer badlyWritten(CreateFault fault, Map<String, Object> tree) {
    if (fault instanceof CreateFault.AnswersHtml) {
      return Answer.text(200, Map.of("Content-Type", "text/html"), Refusal.page("Welcome"));
    }
    if (fault instanceof CreateFault.AnswersNothing) {
      return Answer.text(200, Map.of(), "");
    }
    if (fault instanceof CreateFault.AnswersHalf) {
      String json = JsonWriter.write(tree);
      return Answer.text(200, JSON, json.substring(0, json.length() / 2));
    }
    if (fault instanceof CreateFault.AnswersInWrongCharset) {
      return new Answer.Reply(
          200,
          Map.of("Content-Type", "application/json; charset=utf-8"),
          Body.of(JsonWriter.write(tree).getBytes(StandardCharsets.UTF_16BE)));
    }
    if (fault instanceof CreateFault.AnswersWithByteOrderMark) {
      return Answer.text(200, JSON, "\uFEFF" + JsonWriter.write(tree));
    }
    if (fault instanceof CreateFault.AnswersHuge huge) {
      return new Answer.Reply(200, JSON, padded(tree, huge.bytes()));
    }
    if (fault instanceof CreateFault.AnswersDeep deep) {
      return new Answer.Reply(200, JSON, nested(tree, deep.depth()));
    }
    if (fault instanceof CreateFault.AnswersGzipBomb bomb) {
      return new Answer.Reply(
          200,
          Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"),
          Gzip.of(padded(tree, bomb.inflated())));
    }
    return null;
  }

  private static Map<String, Object> changed(
      CreateFault fault, Map<String, Object> tree, @Nullable String before) {
    if (fault instanceof CreateFault.LeavesOutId) {
      tree.remove("id");
    } else if (fault instanceof CreateFault.SendsAsId other) {
      // null is a value on the wire
      Map<String, @Nullable Object> loose = tree;
      loose.put("id", other.id());
    } else if (fault instanceof CreateFault.RepeatsId && before != null) {
      tree.put("id", before);
    } else if (fault instanceof CreateFault.RewritesCreate change) {
      return change.rewrite().apply(tree);
    }
    return tree;
  }

  private static Answer.Reply good(Map<String, ?> tree) {
    return Answer.json(200, Map.of(), tree);
  }

  /** The answer in that many bytes, if it isn't longer by itself. */
  private static RepeatedBody padded(Map<String, Object> tree, long bytes) {
    String[] around = around(tree, "");
    long own = RepeatedBody.of(around[0] + around[1]).length();
    return RepeatedBody.of(around[0]).then(" ", Math.max(0, bytes - own)).then(around[1], 1);
  }

  private static RepeatedBody nested(Map<String, Object> tree, int depth) {
    String[] around = around(tree, List.of());
    return RepeatedBody.of(around[0]).then("[", depth - 1).then("]", depth - 1).then(around[1], 1);
  }

  /** What comes before and after the inside of a field of padding; the id is last of all. */
  private static String[] around(Map<String, Object> tree, Object padding) {
    Map<String, Object> ordered = new LinkedHashMap<>(tree);
    Object id = ordered.remove("id");
    ordered.put("padding", padding);
    if (id != null) {
      ordered.put("id", id);
    }
    String json = JsonWriter.write(ordered);
    String field = "\"padding\":";
    int inside = json.indexOf(field) + field.length() + 1;
    return new String[] {json.substring(0, inside), json.substring(inside)};
  }
}
