/**
 * The building blocks below the domain: cells, a persistent tree by id, exact arithmetic, checks.
 *
 * <p>{@link io.swarmstats.internal.Cells} is the only class of the library that uses a
 * {@link java.lang.invoke.VarHandle}. No class here knows clients, runs or snapshots. This package
 * may use no other package of the library, and the module does not export this package.
 */
@NullMarked
package io.swarmstats.internal;

import org.jspecify.annotations.NullMarked;
