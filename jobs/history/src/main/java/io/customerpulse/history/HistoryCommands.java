package io.customerpulse.local.history;

import io.customerpulse.local.cli.CommandGroup;
import io.customerpulse.local.convert.ConvertCommand;
import io.customerpulse.local.fit.FitCommand;
import io.customerpulse.local.replay.BacktestCommand;
import io.customerpulse.local.replay.BootstrapCommand;
import io.customerpulse.local.replay.ReplayCommand;
import java.util.List;
import java.util.Map;

/** What works on files of events, through the topologies of production. */
public final class HistoryCommands implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(
        BootstrapCommand.class, ConvertCommand.class, FitCommand.class, ReplayCommand.class);
  }

  @Override
  public Map<String, List<Class<?>>> words() {
    return Map.of("rules", List.of(BacktestCommand.class));
  }
}
