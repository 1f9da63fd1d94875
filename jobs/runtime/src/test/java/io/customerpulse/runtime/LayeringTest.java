package io.customerpulse.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.customerpulse.runtime", importOptions = DoNotIncludeTests.class)
class LayeringTest {
  @ArchTest
  static final ArchRule NO_PACKAGE_IS_IN_A_CYCLE =
      slices().matching("io.customerpulse.(**)").should().beFreeOfCycles();

  /** No domain, no contract, no business: it carries whatever it is given. */
  @ArchTest
  static final ArchRule KNOWS_THE_ENGINE_AND_THE_BROKER_ALONE =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.customerpulse.runtime..",
              "java..",
              "org.apache.flink..",
              "org.apache.kafka..",
              "org.slf4j..");
}
