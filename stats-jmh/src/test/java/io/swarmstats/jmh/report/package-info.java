/** Tests the reporter and its published pages. */
@NullMarked
package io.swarmstats.jmh.report;

import org.jspecify.annotations.NullMarked;
