/**
 * The building blocks below the domain: cells, the persistent tree of clients, exact means.
 *
 * <p>Nothing here knows of clients, runs or snapshots, and nothing here may depend on
 * {@code io.swarmstats}. The package is not exported.
 */
@NullMarked
package io.swarmstats.internal;

import org.jspecify.annotations.NullMarked;
