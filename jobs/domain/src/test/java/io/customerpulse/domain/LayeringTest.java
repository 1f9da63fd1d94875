package io.customerpulse.domain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "io.customerpulse.domain", importOptions = DoNotIncludeTests.class)
class LayeringTest {
  @ArchTest
  static final ArchRule KNOWS_NO_ENGINE_BROKER_OR_WIRE_FORMAT =
      classes()
          .that()
          .resideInAPackage("io.customerpulse.domain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.customerpulse.domain..",
              "java..",
              "javax.crypto..",
              "com.fasterxml.jackson..",
              "dev.cel..",
              "com.google.common..",
              "com.google.i18n.phonenumbers..",
              "org.apache.commons.text..",
              "org.yaml.snakeyaml..");

  @ArchTest
  static final ArchRule HAS_NO_CLOCK_OF_ITS_OWN =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class);

  @ArchTest
  static final ArchRule NO_PACKAGE_IS_IN_A_CYCLE =
      slices().matching("io.customerpulse.domain.(*)..").should().beFreeOfCycles();
}
