package io.customerpulse.history.convert;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a row adds to the amount of its order.
 *
 * @param price in minor units
 * @param times how often the price is paid; null for once
 */
record RowAmount(String column, Source price, Source times) {

  long minor(Row row) throws RowRefusedException {
    JsonNode amount = price.read(row);
    if (amount == null) {
      throw RowRefusedException.cell(column, "", "an amount from 0 such as 12.50");
    }
    JsonNode factor = times == null ? null : times.read(row);
    try {
      return factor == null
          ? amount.longValue()
          : Math.multiplyExact(amount.longValue(), factor.longValue());
    } catch (ArithmeticException e) {
      throw new RowRefusedException(column + ": the amount is too large");
    }
  }
}
