package io.customerpulse.local.lab;

import io.customerpulse.local.capacity.CapacityCommand;
import io.customerpulse.local.cli.CommandGroup;
import io.customerpulse.local.cluster.ClusterCommand;
import io.customerpulse.local.demo.DemoCommand;
import io.customerpulse.local.soak.SoakCommand;
import io.customerpulse.local.traffic.TrafficCommand;
import java.util.List;

/** What is tried on this machine, and never shipped. */
public final class LabCommands implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(
        CapacityCommand.class,
        ClusterCommand.class,
        DemoCommand.class,
        SoakCommand.class,
        TrafficCommand.class);
  }
}
