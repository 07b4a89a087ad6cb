package io.swarmstats.examples.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Java sources of the repository, as far as a page can name them: types, members and stress
 * tests. Regular expressions find the declarations, after comments and the contents of literals are
 * removed.
 */
final class JavaSources {

  private static final Pattern COMMENT_OR_LITERAL =
      Pattern.compile("/\\*[\\s\\S]*?\\*/|//[^\\n]*|(?<literal>\"\"\"[\\s\\S]*?\"\"\""
          + "|\"(?:\\\\.|[^\"\\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\\n])++')");
  private static final Pattern TYPE =
      Pattern.compile("\\b(?<kind>class|interface|record|enum)\\s+(?<name>[A-Z]\\w*)");
  private static final Pattern SUPERTYPES = Pattern.compile("\\b(?:extends|implements)\\b.*");
  private static final Pattern UPPER_CAMEL_CASE = Pattern.compile("\\b[A-Z]\\w*");
  private static final Pattern METHOD = Pattern.compile(declaration("(?<name>\\w+)", "\\("));
  private static final Pattern STRESS_TEST = Pattern.compile("@JCStressTest\\b");
  private static final List<String> PARTS = List.of("Rivals", "Twins");

  /** One file. Its name is the name of its outermost type. */
  private record SourceFile(String path, String name, String code, List<Type> types) {

    /** Returns whether the file contains stress tests, or a state for Lincheck. */
    boolean canHaveTwins() {
      return isStressTest() || path.contains("/lincheck/");
    }

    boolean isStressTest() {
      return path.startsWith("stats-jcstress/") && STRESS_TEST.matcher(code).find();
    }

    Stream<String> twins() {
      return types.stream().map(Type::name).filter(type -> type.startsWith("Weakened"));
    }
  }

  /**
   * One type, nested or not.
   *
   * @param header the text between the name and the body: components and supertypes
   * @param members the body without the contents of its braces and parentheses
   */
  private record Type(String kind, String name, String header, String body, String members) {

    boolean declares(String member) {
      String name = Pattern.quote(member);
      return has(members, declaration(name, "[(=;]"))
          || (kind.equals("record") && has(header, declaration(name, "[,)]")))
          || (kind.equals("enum")
              && has(members.split(";", 2)[0], "(?:^|,)\\s*" + name + "\\s*(?:[(,{]|$)"));
    }

    /** Returns the names of the methods that the body declares, without those of nested types. */
    Stream<String> methods() {
      return METHOD.matcher(members).results().map((MatchResult found) -> found.group(1));
    }

    Set<String> supertypes() {
      return SUPERTYPES
          .matcher(header.replaceAll("\\s+", " "))
          .results()
          .flatMap(
              (MatchResult found) -> UPPER_CAMEL_CASE.matcher(found.group()).results())
          .map(MatchResult::group)
          .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean has(String text, String regex) {
      return Pattern.compile(regex).matcher(text).find();
    }
  }

  /**
   * Returns a regular expression for a type or modifier, a name and what follows the name. A
   * closing angle bracket behind a space is an operator or an arrow, not the end of a type.
   */
  private static String declaration(String name, String follows) {
    return "(?:\\w|\\]|(?<=[\\w\\]?>])>)\\s+" + name + "\\s*" + follows;
  }

  private final List<SourceFile> files;
  private final Set<String> methods;

  private JavaSources(List<SourceFile> files) {
    this.files = files;
    this.methods = files.stream()
        .flatMap(file -> file.types().stream())
        .flatMap(Type::methods)
        .collect(Collectors.toCollection(TreeSet::new));
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
    String code =
        COMMENT_OR_LITERAL.matcher(text).replaceAll(found -> found.group(1) == null ? "" : "\"\"");
    String name = path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
    return new SourceFile(path, name, code, types(code));
  }

  /** Returns all types that a text declares, nested or not. */
  private static List<Type> types(String code) {
    List<Type> types = new ArrayList<>();
    for (Matcher type = TYPE.matcher(code); type.find(); ) {
      int begin = code.indexOf('{', type.end());
      if (begin >= 0) {
        String header = code.substring(type.end(), begin);
        String body = code.substring(begin + 1, end(code, begin));
        types.add(
            new Type(type.group("kind"), type.group("name"), header, body, withoutInner(body)));
      }
    }
    return types;
  }

  /** Returns the place of the brace that closes the brace at {@code begin}. */
  private static int end(String code, int begin) {
    int depth = 0;
    for (int i = begin; i < code.length(); i++) {
      depth += depthStep(code.charAt(i));
      if (depth == 0) {
        return i;
      }
    }
    return code.length();
  }

  private static String withoutInner(String body) {
    StringBuilder outer = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < body.length(); i++) {
      int step = depthStep(body.charAt(i));
      if (depth == 0 || depth + step == 0) {
        outer.append(body.charAt(i));
      }
      depth += step;
    }
    return outer.toString();
  }

  private static int depthStep(char c) {
    return switch (c) {
      case '{', '(' -> 1;
      case '}', ')' -> -1;
      default -> 0;
    };
  }

  /** Returns whether a file declares the type, nested or not. */
  boolean hasType(String type) {
    return typesCalled(type).findAny().isPresent();
  }

  /** Returns whether any type declares a method of this name. */
  boolean hasMethod(String method) {
    return methods.contains(method);
  }

  /**
   * Returns whether a type declares or inherits the member: a nested type, method, field, enum
   * constant or record component. The types of the files {@code XRivals} and {@code XTwins} count
   * as nested types of {@code X}. Every member but the last must be a nested type.
   */
  boolean hasMember(String type, String... members) {
    List<Type> owners = Stream.concat(
            typesCalled(type),
            files.stream()
                .filter(file -> !file.name().equals(type) && subject(file).equals(type))
                .flatMap(file -> file.types().stream()))
        .toList();
    for (int i = 0; i < members.length - 1; i++) {
      owners = nested(owners, members[i]);
    }
    String last = members[members.length - 1];
    return !nested(owners, last).isEmpty() || declaresOrInherits(owners, last, new TreeSet<>());
  }

  private static List<Type> nested(List<Type> owners, String name) {
    return Stream.concat(
            owners.stream(), owners.stream().flatMap(owner -> types(owner.body()).stream()))
        .filter(type -> type.name().equals(name))
        .toList();
  }

  private boolean declaresOrInherits(List<Type> types, String member, Set<String> asked) {
    return types.stream()
        .anyMatch(type -> type.declares(member)
            || type.supertypes().stream()
                .filter(asked::add)
                .anyMatch(supertype ->
                    declaresOrInherits(typesCalled(supertype).toList(), member, asked)));
  }

  private Stream<Type> typesCalled(String name) {
    return files.stream()
        .flatMap(file -> file.types().stream())
        .filter(type -> type.name().equals(name));
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
