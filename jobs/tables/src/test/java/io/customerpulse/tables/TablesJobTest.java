package io.customerpulse.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.behavior.settings.DeploymentSettingsReader;
import io.customerpulse.runtime.environment.JobEnvironment;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesJobTest {
  /**
   * What the tables' library puts around its writers and names without a uid. It remembers nothing:
   * what is to be compacted is found out anew after a restart.
   */
  private static final String STATELESS = "Map|end: Writer|Compact (Coordinator|Worker): .*";

  @TempDir private Path warehouse;

  @Test
  void everyOperatorHasItsUid() {
    DeploymentSettings settings =
        DeploymentSettingsReader.defaults().withWarehouse(warehouse.toString());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(
            JobEnvironment.unbounded(settings.state()));
    TablesJob.build(env, settings);

    Collection<StreamNode> nodes = env.getStreamGraph(false).getStreamNodes();
    Set<String> uids = new HashSet<>();
    Set<String> without = new TreeSet<>();
    for (StreamNode node : nodes) {
      if (node.getTransformationUID() == null) {
        without.add(node.getOperatorName());
      } else {
        assertThat(uids.add(node.getTransformationUID())).as("uid of " + node).isTrue();
      }
    }
    assertThat(without).as("operators that remember something").allMatch(n -> n.matches(STATELESS));
    Set<String> ours = new TreeSet<>();
    ours.add(TableUids.READ_TOPICS);
    ours.add(TableUids.CONVERTED_ORDERS);
    ours.add(TableUids.SUM_UP_CONVERSIONS);
    for (OutputTable table : OutputTable.values()) {
      ours.add(TableUids.rows(table));
      assertThat(uids)
          .as("writer and committer of " + table)
          .filteredOn(uid -> uid.endsWith(table.uid()) && !uid.equals(TableUids.rows(table)))
          .hasSizeGreaterThanOrEqualTo(2);
    }
    assertThat(uids).containsAll(ours);
  }
}
