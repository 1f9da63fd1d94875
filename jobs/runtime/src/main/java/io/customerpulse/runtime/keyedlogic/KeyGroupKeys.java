package io.customerpulse.runtime.keyedlogic;

import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * For each key group of a subtask one key that falls into it. State under such a key belongs to the
 * group as a whole, and goes where the group goes when a job is made wider or narrower.
 */
final class KeyGroupKeys {
  private final KeyGroupRange range;
  private final int maxParallelism;
  private final String[] keys;

  KeyGroupKeys(KeyGroupRange range, int maxParallelism) {
    this.range = range;
    this.maxParallelism = maxParallelism;
    keys = new String[range.getNumberOfKeyGroups()];
    for (int missing = keys.length, number = 0; missing > 0; number++) {
      String key = Integer.toString(number);
      int group = KeyGroupRangeAssignment.assignToKeyGroup(key, maxParallelism);
      if (range.contains(group) && keys[indexOf(group)] == null) {
        keys[indexOf(group)] = key;
        missing--;
      }
    }
  }

  int size() {
    return keys.length;
  }

  /** The key of a group, by the group's place among those of the subtask. */
  String key(int index) {
    return keys[index];
  }

  /** The place of the group that a key of a stream falls into. */
  int indexOf(String key) {
    return indexOf(KeyGroupRangeAssignment.assignToKeyGroup(key, maxParallelism));
  }

  private int indexOf(int group) {
    return group - range.getStartKeyGroup();
  }
}
