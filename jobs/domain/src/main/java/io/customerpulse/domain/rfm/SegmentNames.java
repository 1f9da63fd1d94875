package io.customerpulse.domain.rfm;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the segments are called.
 *
 * @param byRAndF a row for each R score from 1 to 5, in it a name for each F score from 1 to 5
 * @param byHigh by the bits high M, high R, high F: eight names, the first for none of them
 * @param prospect of the customers without a counting order
 * @param unscored of the buyers for whom there are no cuts yet
 */
public record SegmentNames(
    List<List<String>> byRAndF,
    List<String> byHigh,
    String prospect,
    String prospectZh,
    String unscored,
    String unscoredZh)
    implements Serializable {

  /** Every name that a customer's segment by R and F may have. */
  public Set<String> ofCells() {
    Set<String> names = new TreeSet<>(List.of(prospect, unscored));
    byRAndF.forEach(names::addAll);
    return names;
  }

  /** Every name that a customer's segment among the Chinese eight may have. */
  public Set<String> ofEight() {
    Set<String> names = new TreeSet<>(byHigh);
    names.add(prospectZh);
    names.add(unscoredZh);
    return names;
  }
}
