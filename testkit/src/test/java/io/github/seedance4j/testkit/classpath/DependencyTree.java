package io.github.seedance4j.testkit.classpath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * What Maven resolved for the testkit, each as {@code group:artifact}: the verbose tree, in which
 * an artifact stands wherever something leads to it, and the plain one, which marks what is
 * optional.
 */
final class DependencyTree {

  private static final Pattern LINE =
      Pattern.compile(
          "(?<indent>[|+\\\\ -]*)\\(?(?<name>[\\w.-]+:[\\w.-]+):jar:(?<rest>[^ )]+)(?<remarks>.*)");
  private static final int INDENT = 3;

  private final Set<String> optional = new TreeSet<>();
  private final Set<String> required = new TreeSet<>();
  private final Map<String, Set<String>> leadsTo = new HashMap<>();

  private DependencyTree(String ways, String plain) {
    for (Matcher line : lines(plain)) {
      if (depth(line) == 1 && line.group("remarks").contains("(optional)")) {
        optional.add(line.group("name"));
      }
    }
    List<String> path = new ArrayList<>();
    for (Matcher line : lines(ways)) {
      String name = line.group("name");
      int depth = depth(line);
      path.subList(depth, path.size()).clear();
      if (depth == 1 && isForUsers(line) && !optional.contains(name)) {
        required.add(name);
      }
      if (depth > 1) {
        leadsTo.computeIfAbsent(path.get(depth - 1), any -> new TreeSet<>()).add(name);
      }
      path.add(name);
    }
  }

  static DependencyTree of(String ways, String plain) {
    return new DependencyTree(ways, plain);
  }

  /** As the build wrote it; the test is skipped where none ran. */
  static DependencyTree ofThisBuild() throws IOException {
    Path ways = Path.of("target", "dependency-ways.txt");
    Path plain = Path.of("target", "dependency-tree.txt");
    Assumptions.assumeTrue(
        Files.exists(ways) && Files.exists(plain), "Maven writes the tree: mvn verify");
    return of(Files.readString(ways), Files.readString(plain));
  }

  /** Direct dependencies that a user does not get. */
  Set<String> optional() {
    return optional;
  }

  /** All that a user gets, whatever leads to it. */
  Set<String> userGets() {
    Set<String> gets = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(required);
    while (!open.isEmpty()) {
      String name = open.pop();
      if (gets.add(name)) {
        open.addAll(leadsTo.getOrDefault(name, Set.of()));
      }
    }
    return gets;
  }

  private static List<Matcher> lines(String text) {
    List<Matcher> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("not a line of a dependency tree: " + line);
      }
      lines.add(matcher);
    }
    return lines;
  }

  private static int depth(Matcher line) {
    return line.group("indent").length() / INDENT;
  }

  private static boolean isForUsers(Matcher line) {
    return line.group("rest").matches("(.*:)?(compile|runtime)");
  }
}
