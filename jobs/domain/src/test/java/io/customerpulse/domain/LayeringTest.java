package io.customerpulse.domain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMembers;
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

  /** Where things come from, go to and are kept: no name of a class, field or method says it. */
  private static final String OF_ENGINE_BROKER_OR_TABLE_FORMAT =
      "(?i).*(flink|kafka|rocks_?db|paimon|iceberg|avro|checkpoint|savepoint|subtask|parallelism"
          + "|broker|topic|partition|warehouse).*";

  @ArchTest
  static final ArchRule NO_CLASS_HAS_A_WORD_OF_THEIRS =
      noClasses().should().haveNameMatching(OF_ENGINE_BROKER_OR_TABLE_FORMAT);

  @ArchTest
  static final ArchRule NO_FIELD_OR_METHOD_HAS_A_WORD_OF_THEIRS =
      noMembers().should().haveNameMatching(OF_ENGINE_BROKER_OR_TABLE_FORMAT);
}
