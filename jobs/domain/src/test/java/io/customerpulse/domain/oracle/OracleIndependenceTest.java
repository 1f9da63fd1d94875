package io.customerpulse.domain.oracle;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.customerpulse.domain.config.Key;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The oracle shares values with what it checks, and nothing that computes: of the domain's records
 * it knows the fields, of its enums the constants, of a rule what it says under each key, of a kind
 * its name, of a filter its text.
 */
@AnalyzeClasses(packages = "io.customerpulse.domain.oracle")
class OracleIndependenceTest {
  private static final String DOMAIN = "io.customerpulse.domain.";
  private static final List<String> ORACLE = List.of("Naive", "Told", "Scenario", "Publication");
  private static final Set<String> OF_EVERY_ENUM =
      Set.of("values", "valueOf", "ordinal", "name", "compareTo", "equals", "hashCode");
  private static final Set<String> OF_EVERY_RECORD =
      Set.of("<init>", "equals", "hashCode", "toString");

  /** What a rule says under a key, the name of its kind, and a filter's text. */
  private static final Set<String> WHAT_A_RULE_SAYS =
      Set.of(
          DOMAIN + "rule.Rule.kind()",
          DOMAIN + "rule.Rule.get(" + Key.class.getName() + ")",
          DOMAIN + "rule.TriggerKind.wireName()",
          DOMAIN + "rule.TriggerKind.equals(java.lang.Object)",
          DOMAIN + "rule.RuleFilter.source()");

  @ArchTest
  static final ArchRule SHARES_VALUES_AND_NO_LOGIC =
      classes()
          .that()
          .resideInAPackage("io.customerpulse.domain.oracle")
          .should(
              new ArchCondition<>("touch nothing of the domain that computes") {
                @Override
                public void check(JavaClass each, ConditionEvents events) {
                  if (ORACLE.stream().anyMatch(outermost(each).getSimpleName()::startsWith)) {
                    each.getAccessesFromSelf().stream()
                        .filter(access -> !isValue(access.getTarget()))
                        .forEach(access -> events.add(violated(access)));
                  }
                }
              });

  private static JavaClass outermost(JavaClass each) {
    return each.getEnclosingClass().map(OracleIndependenceTest::outermost).orElse(each);
  }

  private static ConditionEvent violated(JavaAccess<?> access) {
    return SimpleConditionEvent.violated(access, access.getDescription());
  }

  private static boolean isValue(AccessTarget target) {
    JavaClass owner = target.getOwner();
    boolean ofTheDomain =
        owner.getName().startsWith(DOMAIN) && !owner.getName().startsWith(DOMAIN + "oracle.");
    if (!ofTheDomain || WHAT_A_RULE_SAYS.contains(target.getFullName())) {
      return true;
    }
    if (target instanceof AccessTarget.FieldAccessTarget field) {
      return field
          .resolveMember()
          .filter(member -> isEnumConstant(member) || member.getRawType().isEquivalentTo(Key.class))
          .isPresent();
    }
    if (owner.isRecord()) {
      return OF_EVERY_RECORD.contains(target.getName()) || isComponent(owner, target);
    }
    return owner.isEnum() && OF_EVERY_ENUM.contains(target.getName());
  }

  private static boolean isEnumConstant(JavaField field) {
    return field.getOwner().isEnum()
        && field.getModifiers().contains(JavaModifier.STATIC)
        && field.getRawType().equals(field.getOwner());
  }

  private static boolean isComponent(JavaClass owner, AccessTarget target) {
    boolean takesNothing =
        target instanceof AccessTarget.CodeUnitAccessTarget unit
            && unit.getRawParameterTypes().isEmpty();
    return takesNothing
        && Arrays.stream(owner.reflect().getRecordComponents())
            .map(RecordComponent::getName)
            .anyMatch(target.getName()::equals);
  }
}
