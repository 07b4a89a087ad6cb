/** What the gate lets pass, and that the same run gives the same page and charts. */
@NullMarked
package io.swarmstats.jmh.report;

import org.jspecify.annotations.NullMarked;
