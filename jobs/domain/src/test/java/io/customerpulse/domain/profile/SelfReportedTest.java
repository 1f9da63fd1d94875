package io.customerpulse.domain.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.Identifier;
import io.customerpulse.domain.event.IdentifierKind;
import io.customerpulse.domain.event.Payload.Profile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelfReportedTest {
  private static final Instant T = Instant.parse("2024-03-01T04:00:00Z");

  private static Profile told(String city, Map<String, Object> attributes) {
    return new Profile(null, null, null, city, null, attributes);
  }

  @Test
  void whatIsToldLaterStandsInWhateverOrderItComes() {
    SelfReported facts =
        SelfReported.NONE.with(told("Leeds", Map.of("size", 2L)), T.plusSeconds(1)).next();
    facts = facts.with(told("York", Map.of("size", 1L, "shoe", 40L)), T).next();
    assertThat(facts.city().value()).isEqualTo("Leeds");
    assertThat(facts.attributeValues()).isEqualTo(Map.of("size", 2L, "shoe", 40L));
  }

  @Test
  void whatIsNotToldStays() {
    SelfReported facts = SelfReported.NONE.with(told("Leeds", Map.of()), T).next();
    SelfReported next = facts.with(told(null, Map.of()), T.plusSeconds(1)).next();
    assertThat(next.city().value()).isEqualTo("Leeds");
    assertThat(next.saysSameAs(facts)).isTrue();
  }

  @Test
  void noMoreThanFiftyAttributesAreKept() {
    SelfReported facts = SelfReported.NONE;
    for (int i = 0; i < SelfReported.ATTRIBUTE_LIMIT; i++) {
      facts = facts.with(told(null, Map.of("a" + i, 1L)), T).next();
    }
    SelfReported.Change change = facts.with(told(null, Map.of("a0", 2L, "one more", 1L)), T);
    assertThat(change.dropped()).isEqualTo(1);
    assertThat(change.next().attributeValues())
        .hasSize(SelfReported.ATTRIBUTE_LIMIT)
        .containsEntry("a0", 2L);
  }

  @Test
  void noMoreThanFiftyIdentifiersAreKept() {
    KnownIdentifiers known = KnownIdentifiers.NONE;
    for (int i = 0; i <= KnownIdentifiers.LIMIT; i++) {
      known = known.with(List.of(new Identifier(IdentifierKind.ANONYMOUS_ID, "", "d" + i)));
    }
    assertThat(known.all()).hasSize(KnownIdentifiers.LIMIT);
    assertThat(known.with(known.all())).isSameAs(known);
  }
}
