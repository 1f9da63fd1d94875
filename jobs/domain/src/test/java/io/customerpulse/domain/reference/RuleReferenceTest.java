package io.customerpulse.domain.reference;

import io.customerpulse.domain.rule.RuleKinds;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RuleReferenceTest {
  private static final Path DOCUMENT = Path.of("../../config/README.md");

  @Test
  void theKeysOfARuleAreThoseOfTheCode() throws IOException {
    new GeneratedSection(DOCUMENT, "keys of a rule")
        .assertSays(RuleReference.keys(RuleKinds.installed()), RuleReferenceTest.class);
  }

  @Test
  void theKindsAreThoseOfTheCode() throws IOException {
    new GeneratedSection(DOCUMENT, "kinds of rules")
        .assertSays(RuleReference.kinds(RuleKinds.installed()), RuleReferenceTest.class);
  }
}
