package io.customerpulse.behavior;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.customerpulse.pipelines", importOptions = DoNotIncludeTests.class)
class LayeringTest {
  /** No business in the engine's classes: the operator carries whatever it is given. */
  @ArchTest
  static final ArchRule THE_OPERATOR_KNOWS_NOTHING_OF_WHAT_IS_DECIDED =
      noClasses()
          .that()
          .resideInAPackage("..pipelines.operator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.customerpulse.domain..",
              "io.customerpulse.schemas..",
              "..pipelines.customer..",
              "..pipelines.ingest..",
              "..pipelines.job..",
              "..pipelines.metrics..",
              "..pipelines.state..");

  @ArchTest
  static final ArchRule TOPOLOGIES_KNOW_NO_BROKER =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Topology")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "org.apache.flink.connector.kafka..");
}
