package io.swarmstats.snapshot;

import io.swarmstats.ClientStats;
import java.util.ArrayList;
import java.util.List;

/** Breaks the rules for this package, to prove that {@code ArchitectureTest} finds such a class. */
public final class RuleBreakers {
  private RuleBreakers() {}

  public static final class UpwardDependency {
    private UpwardDependency() {}

    public static ClientSummary summaryOf(ClientStats client) {
      return client.summary();
    }
  }

  public static final class ReassignedField {
    public long count;

    private ReassignedField() {}
  }

  public static final class MutableObject {
    public final StringBuilder text = new StringBuilder();

    private MutableObject() {}
  }

  public static final class MutableList {
    public final List<Long> counts = new ArrayList<>();

    private MutableList() {}
  }

  public static final class Array {
    public final long[] counts = new long[1];

    private Array() {}
  }
}
