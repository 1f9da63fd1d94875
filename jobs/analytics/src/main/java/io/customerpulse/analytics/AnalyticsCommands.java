package io.customerpulse.local.analytics;

import io.customerpulse.local.cli.CommandGroup;
import io.customerpulse.local.query.QueryCommand;
import io.customerpulse.local.report.ReportCommand;
import java.util.List;

/** What asks the output tables. */
public final class AnalyticsCommands implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(QueryCommand.class, ReportCommand.class);
  }
}
