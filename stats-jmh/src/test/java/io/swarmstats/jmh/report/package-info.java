/** Tests the reporter, and what it published. */
@NullMarked
package io.swarmstats.jmh.report;

import org.jspecify.annotations.NullMarked;
