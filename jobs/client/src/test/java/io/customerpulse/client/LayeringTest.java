package io.customerpulse.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.customerpulse.client", importOptions = DoNotIncludeTests.class)
class LayeringTest {
  @ArchTest
  static final ArchRule NO_PACKAGE_IS_IN_A_CYCLE =
      slices().matching("io.customerpulse.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule KNOWS_NOBODY_WHO_USES_IT =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.customerpulse.tables..",
              "io.customerpulse.history..",
              "io.customerpulse.analytics..",
              "io.customerpulse.lab..");

  /** Of the jobs: the contract, the settings, and the way to the broker. */
  @ArchTest
  static final ArchRule KNOWS_NO_TOPOLOGY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..behavior.codecs..",
              "..behavior.customer..",
              "..behavior.ingest..",
              "..behavior.job..",
              "..behavior.metrics..",
              "..behavior.population..",
              "..behavior.run..",
              "..runtime.codec..",
              "..runtime.environment..",
              "..runtime.keyedlogic..",
              "..runtime.time..");
}
