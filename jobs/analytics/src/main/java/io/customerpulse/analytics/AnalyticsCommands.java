package io.customerpulse.analytics;

import io.customerpulse.analytics.query.QueryCommand;
import io.customerpulse.analytics.report.ReportCommand;
import io.customerpulse.client.cli.CommandGroup;
import java.util.List;

/** What asks the output tables. */
public final class AnalyticsCommands implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(QueryCommand.class, ReportCommand.class);
  }
}
