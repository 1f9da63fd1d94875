package io.customerpulse.history;

import io.customerpulse.client.cli.CommandGroup;
import io.customerpulse.history.convert.ConvertCommand;
import io.customerpulse.history.fit.FitCommand;
import io.customerpulse.history.replay.BacktestCommand;
import io.customerpulse.history.replay.BootstrapCommand;
import io.customerpulse.history.replay.ReplayCommand;
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
