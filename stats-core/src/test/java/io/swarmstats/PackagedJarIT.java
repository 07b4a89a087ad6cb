package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/**
 * The main jar as a user gets it: one named module that exports its API and needs no other module.
 *
 * <p>Shading silently drops the module descriptor. The jar would then be an automatic module that
 * exports every package. The test therefore reads the file, not the compiled classes of this build.
 */
class PackagedJarIT {
  private static final Path JAR =
      Path.of(Objects.requireNonNull(System.getProperty("packaged.jar")));

  @Test
  void jar_is_the_named_module_and_exports_only_its_api() {
    ModuleFinder finder = ModuleFinder.of(JAR);

    assertThat(finder.findAll()).singleElement().satisfies(reference -> {
      ModuleDescriptor module = reference.descriptor();
      assertThat(module.name()).isEqualTo("io.swarmstats");
      assertThat(module.isAutomatic()).isFalse();
      assertThat(module.isOpen()).isFalse();
      assertThat(module.opens()).isEmpty();
      assertThat(module.exports())
          .noneMatch(ModuleDescriptor.Exports::isQualified)
          .extracting(ModuleDescriptor.Exports::source)
          .containsExactlyInAnyOrder(
              "io.swarmstats", "io.swarmstats.latency", "io.swarmstats.snapshot");
    });
  }

  @Test
  void jar_carries_t_digest_under_our_own_name_with_licence_and_notice() throws IOException {
    List<String> names;
    try (JarFile jar = new JarFile(JAR.toFile())) {
      names = jar.stream().map(ZipEntry::getName).toList();
    }

    assertThat(names)
        .contains("META-INF/LICENSE", "META-INF/NOTICE")
        .contains("io/swarmstats/internal/tdigest/MergingDigest.class")
        .noneMatch(name -> name.startsWith("com/tdunning"))
        .doesNotContain("META-INF/jpms.args");
  }

  /** The module layer of this test contains neither jspecify nor t-digest. */
  @Test
  void jar_works_alone_on_the_module_path() throws ReflectiveOperationException {
    Configuration alone = ModuleLayer.boot()
        .configuration()
        .resolve(ModuleFinder.of(JAR), ModuleFinder.of(), List.of("io.swarmstats"));
    ClassLoader loader = ModuleLayer.boot()
        .defineModulesWithOneLoader(alone, ClassLoader.getPlatformClassLoader())
        .findLoader("io.swarmstats");
    Class<?> histogramClass = loader.loadClass("io.swarmstats.latency.LatencyHistogram");

    Object histogram = histogramClass.getConstructor().newInstance();
    histogramClass.getMethod("record", long.class).invoke(histogram, 5L);
    Object snapshot = histogramClass.getMethod("snapshot").invoke(histogram);
    Object median = snapshot.getClass().getMethod("percentile", double.class).invoke(snapshot, 0.5);

    assertThat(histogramClass.getModule().isNamed()).isTrue();
    assertThat(median).isEqualTo(Duration.ofNanos(5));
  }
}
