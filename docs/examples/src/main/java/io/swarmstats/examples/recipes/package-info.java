/**
 * The library behind other people's tools: the recipes of {@code docs/recipes.md}, run against the
 * real thing.
 */
@NullMarked
package io.swarmstats.examples.recipes;

import org.jspecify.annotations.NullMarked;
