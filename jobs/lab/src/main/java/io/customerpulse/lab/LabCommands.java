package io.customerpulse.lab;

import io.customerpulse.client.cli.CommandGroup;
import io.customerpulse.lab.capacity.LoadTestCommand;
import io.customerpulse.lab.cluster.ClusterCommand;
import io.customerpulse.lab.demo.DemoCommand;
import io.customerpulse.lab.soak.SoakCommand;
import io.customerpulse.lab.traffic.TrafficCommand;
import java.util.List;

/** What is tried on this machine, and never shipped. */
public final class LabCommands implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(
        LoadTestCommand.class,
        ClusterCommand.class,
        DemoCommand.class,
        SoakCommand.class,
        TrafficCommand.class);
  }
}
