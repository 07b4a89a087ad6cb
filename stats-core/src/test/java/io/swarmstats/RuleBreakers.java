package io.swarmstats;

/** Breaks the rules for this package, to prove that {@code ArchitectureTest} finds such a class. */
final class RuleBreakers {
  private RuleBreakers() {}

  /** One half of a cycle. The other half is in {@link ArchitectureTest}. */
  static final class HalfOfACycle {
    private HalfOfACycle() {}

    static ArchitectureTest.HalfOfACycle other() {
      return new ArchitectureTest.HalfOfACycle();
    }
  }
}
