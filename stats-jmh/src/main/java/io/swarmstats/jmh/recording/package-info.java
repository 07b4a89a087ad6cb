/** What a writer pays: each recording method, alone and with two threads on one client. */
@NullMarked
package io.swarmstats.jmh.recording;

import org.jspecify.annotations.NullMarked;
