/**
 * Stress tests: one class holds one promise of the library, next to a weakened copy that shows the
 * test can fail. They use the library as any other program would, and nothing depends on them.
 */
@NullMarked
package io.swarmstats.jcstress;

import org.jspecify.annotations.NullMarked;
