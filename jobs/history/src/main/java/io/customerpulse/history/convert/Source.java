package io.customerpulse.history.convert;

import com.fasterxml.jackson.databind.JsonNode;

/** Where the value of one field of an event comes from. */
@FunctionalInterface
interface Source {

  /**
   * The value that a row gives.
   *
   * @return null where the row gives none
   * @throws RowRefusedException if what the row holds is not allowed
   */
  JsonNode read(Row row) throws RowRefusedException;
}
