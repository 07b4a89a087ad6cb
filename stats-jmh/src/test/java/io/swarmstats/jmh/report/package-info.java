/** Tests of the reporter, and of the pages and charts that it published. */
@NullMarked
package io.swarmstats.jmh.report;

import org.jspecify.annotations.NullMarked;
