package io.customerpulse.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.customerpulse.lab", importOptions = DoNotIncludeTests.class)
class LayeringTest {
  @ArchTest
  static final ArchRule NO_PACKAGE_IS_IN_A_CYCLE =
      slices().matching("io.customerpulse.(**)").should().beFreeOfCycles();

  /** It writes tracking events as the contract has them; it knows no engine. */
  @ArchTest
  static final ArchRule THE_SIMULATOR_KNOWS_THE_DOMAIN_ALONE =
      classes()
          .that()
          .resideInAPackage("..lab.simulator..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.customerpulse.lab.simulator..",
              "io.customerpulse.domain..",
              "java..",
              "com.fasterxml.jackson..");
}
