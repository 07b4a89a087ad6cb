/**
 * Stress tests: one class holds one promise of the library, next to the rivals that the documents
 * analyse, which hold it or show their fault by its number, and next to a weakened copy that shows
 * the test can fail. They use the library as any other program would, and nothing depends on them.
 */
@NullMarked
package io.swarmstats.jcstress;

import org.jspecify.annotations.NullMarked;
