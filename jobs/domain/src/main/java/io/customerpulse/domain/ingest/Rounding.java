package io.customerpulse.domain.ingest;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How a number becomes a whole one where it isn't. */
enum Rounding {
  /** Not at all. */
  NONE {
    @Override
    BigDecimal fraction(BigDecimal number, BigDecimal nearest) {
      return null;
    }
  },
  /** Of money, only what floating point has left of a whole number. */
  ALMOST {
    @Override
    BigDecimal fraction(BigDecimal number, BigDecimal nearest) {
      return isAlmost(number, nearest) ? nearest : null;
    }
  },
  /** Of pieces, a part counts as one; but not what floating point has added to a whole number. */
  UP {
    @Override
    BigDecimal fraction(BigDecimal number, BigDecimal nearest) {
      return isAlmost(number, nearest) ? nearest : number.setScale(0, RoundingMode.UP);
    }
  };

  private static final BigDecimal ALMOST_NOTHING = BigDecimal.ONE.movePointLeft(6);

  /** The whole number, or null where it can't be told or isn't within bounds. */
  BigDecimal whole(BigDecimal number, long min, long max) {
    BigDecimal whole = Form.isWhole(number) ? number : fraction(number, nearest(number));
    boolean isWithin =
        whole != null
            && whole.compareTo(BigDecimal.valueOf(min)) >= 0
            && whole.compareTo(BigDecimal.valueOf(max)) <= 0;
    return isWithin ? whole : null;
  }

  private static BigDecimal nearest(BigDecimal number) {
    // Rounding a fraction with an exponent beyond reason would take all memory.
    return number.abs().compareTo(ALMOST_NOTHING) <= 0
        ? BigDecimal.ZERO
        : number.setScale(0, RoundingMode.HALF_UP);
  }

  abstract BigDecimal fraction(BigDecimal number, BigDecimal nearest);

  private static boolean isAlmost(BigDecimal number, BigDecimal whole) {
    return number.subtract(whole).abs().compareTo(ALMOST_NOTHING) <= 0;
  }
}
