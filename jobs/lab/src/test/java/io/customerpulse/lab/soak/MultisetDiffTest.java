package io.customerpulse.lab.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MultisetDiffTest {
  private final MultisetDiff counts = new MultisetDiff();

  @Test
  void theOrderIsNobodysBusiness() {
    counts.expect("a");
    counts.expect("b");
    counts.find("b");
    counts.find("a");

    assertThat(counts.areEqual()).isTrue();
  }

  @Test
  void whatIsLostAndWhatIsDoubledDoNotMakeUpForEachOther() {
    counts.expect("lost");
    counts.expect("kept");
    counts.find("kept");
    counts.find("kept");

    assertThat(counts.areEqual()).isFalse();
    assertThat(counts.expected()).isEqualTo(counts.found());
    assertThat(counts.missing()).isOne();
    assertThat(counts.surplus()).isOne();
    assertThat(counts.differs("lost")).isTrue();
    assertThat(counts.differs("kept")).isTrue();
    assertThat(counts.differs("other")).isFalse();
  }
}
