package io.customerpulse.runtime.keyedlogic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CacheBoundTest {
  private static final int MOST = 32_768;
  private static final long HEAP = 64L << 20;

  private final CachePool pool = new CachePool(HEAP);

  @Test
  void smallStatesAreBoundedByTheirNumber() {
    CacheBound bound = new CacheBound(MOST, pool);
    assertThat(bound.get()).as("before the first sample").isEqualTo(MOST);

    sample(bound, 100, 200);

    assertThat(bound.get()).isEqualTo(MOST);
  }

  @Test
  void grownStatesAreBoundedByTheHeapThatTheyTake() {
    CacheBound bound = new CacheBound(MOST, pool);

    sample(bound, 1_000, 1_024);
    assertThat(bound.get()).isEqualTo((64 << 20) / 8 / 1_024);

    sample(bound, 5_000, 4_096);
    assertThat(bound.get()).as("follows growth").isCloseTo(2_048, within(1));
  }

  @Test
  void aGiantAmongManyChangesLittle() {
    CacheBound bound = new CacheBound(MOST, pool);
    sample(bound, 1_000, 512);

    bound.sampled(20_000);

    assertThat(bound.get()).isBetween(14_000, 16_384);
  }

  @Test
  void aVisitIsServedFromMemoryWhateverItTakes() {
    CacheBound bound = new CacheBound(MOST, new CachePool(1 << 20));

    sample(bound, 10, 1 << 20);

    assertThat(bound.get()).isEqualTo(256);
    assertThat(new CacheBound(1, pool).get()).isEqualTo(1);
  }

  @Test
  void cachesInUseHaveEqualParts() {
    CacheBound one = new CacheBound(MOST, pool);
    CacheBound other = new CacheBound(MOST, pool);
    CacheBound idle = new CacheBound(MOST, pool);
    sample(one, 1_000, 1_024);
    one.holds(1_000);
    idle.holds(10);
    assertThat(one.get()).isEqualTo((64 << 20) / 8 / 1_024);

    other.holds(300);
    assertThat(one.get()).isEqualTo((32 << 20) / 8 / 1_024);

    other.close();
    other.close();
    idle.close();
    assertThat(one.get()).isEqualTo((64 << 20) / 8 / 1_024);
  }

  private static void sample(CacheBound bound, int times, int bytes) {
    for (int i = 0; i < times; i++) {
      bound.sampled(bytes);
    }
  }
}
