/**
 * The recipes of {@code docs/recipes.md}: how to export a swarm to Prometheus, Micrometer,
 * OpenTelemetry, JSON and HdrHistogram. The tests run each recipe against the real tool.
 */
@NullMarked
package io.swarmstats.examples.recipes;

import org.jspecify.annotations.NullMarked;
