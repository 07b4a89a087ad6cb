package io.swarmstats.examples.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Java sources of the repository, as far as a page can name them: types, members and stress
 * tests. A regular expression finds the declarations; comments are removed first.
 */
final class JavaSources {

  private static final Pattern COMMENT = Pattern.compile("/\\*[\\s\\S]*?\\*/|//[^\\n]*");
  private static final Pattern TYPE =
      Pattern.compile("\\b(?:class|interface|record|enum)\\s+([A-Z]\\w*)");
  private static final Pattern STRESS_TEST = Pattern.compile("@JCStressTest\\b");
  private static final List<String> PARTS = List.of("Rivals", "Twins");

  /** One file. Its name is the name of its outermost type. */
  private record SourceFile(String path, String name, String code, Set<String> types) {

    boolean mentions(String word) {
      return Pattern.compile("\\b" + Pattern.quote(word) + "\\b").matcher(code).find();
    }

    /** Returns whether the file contains stress tests, or a state for Lincheck. */
    boolean canHaveTwins() {
      return isStressTest() || path.contains("/lincheck/");
    }

    boolean isStressTest() {
      return path.startsWith("stats-jcstress/") && STRESS_TEST.matcher(code).find();
    }

    Stream<String> twins() {
      return types.stream().filter(type -> type.startsWith("Weakened"));
    }
  }

  private final List<SourceFile> files;

  private JavaSources(List<SourceFile> files) {
    this.files = files;
  }

  /** Reads all sources below a folder. */
  static JavaSources below(Path root) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (Path file : Repository.files(root, ".java")) {
      texts.put(Repository.name(root, file), Files.readString(file));
    }
    return of(texts);
  }

  /** Returns sources with these texts by path. */
  static JavaSources of(Map<String, String> textsByPath) {
    return new JavaSources(textsByPath.entrySet().stream()
        .map(entry -> file(entry.getKey(), entry.getValue()))
        .toList());
  }

  private static SourceFile file(String path, String text) {
    String code = COMMENT.matcher(text).replaceAll("");
    String name = path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
    Set<String> types = TYPE.matcher(code)
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
    return new SourceFile(path, name, code, types);
  }

  /** Returns whether a file declares the type, nested or not. */
  boolean hasType(String type) {
    return files.stream().anyMatch(file -> file.types().contains(type));
  }

  /**
   * Returns whether a type contains a nested type, or mentions a member. The files {@code XRivals}
   * and {@code XTwins} count as parts of {@code X}.
   */
  boolean hasMember(String type, String member) {
    boolean isType = EvidenceTest.isUpperCamelCase(member);
    return files.stream()
        .filter(file -> file.types().contains(type) || subject(file).equals(type))
        .anyMatch(file -> isType ? file.types().contains(member) : file.mentions(member));
  }

  /** Returns whether the type is a stress test or a Lincheck test. */
  boolean canHaveTwins(String type) {
    return files.stream()
        .anyMatch(file ->
            file.canHaveTwins() && (file.name().equals(type) || subject(file).equals(type)));
  }

  /**
   * Returns the name of a file without its suffix: {@code X} for the stress tests {@code XRivals}
   * and {@code XTwins}.
   */
  private String subject(SourceFile file) {
    return PARTS.stream()
        .filter(part -> file.isStressTest() && file.name().endsWith(part))
        .map(part -> file.name().substring(0, file.name().length() - part.length()))
        .filter(subject -> files.stream().anyMatch(other -> other.name().equals(subject)))
        .findFirst()
        .orElse(file.name());
  }

  /** Returns the stress test that a type belongs to: {@code X} for {@code XTwins}. */
  String subject(String type) {
    return files.stream()
        .filter(file -> file.name().equals(type))
        .map(this::subject)
        .findFirst()
        .orElse(type);
  }

  /** Returns the names of the stress tests, one for each promise. */
  Set<String> stressTests() {
    return stressFiles().map(this::subject).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns all twins of the stress tests, as {@code X.WeakenedY}. */
  Set<String> twins() {
    return stressFiles()
        .flatMap(file -> file.twins().map(twin -> subject(file) + "." + twin))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns how many tests jcstress finds. */
  long stressTestCount() {
    return stressFiles()
        .mapToLong(file -> STRESS_TEST.matcher(file.code()).results().count())
        .sum();
  }

  private Stream<SourceFile> stressFiles() {
    return files.stream().filter(SourceFile::isStressTest);
  }
}
