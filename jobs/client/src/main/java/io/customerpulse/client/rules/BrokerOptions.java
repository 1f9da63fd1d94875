package io.customerpulse.client.rules;

import io.customerpulse.behavior.settings.DeploymentSettings;
import io.customerpulse.client.cli.BrokerSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the rules of running jobs stand, and whose they are. */
final class BrokerOptions {
  private static final int MAX_TENANT_CHARS = 64;

  @Mixin private BrokerSettings broker;

  @Option(
      names = "--tenant",
      paramLabel = "ID",
      defaultValue = "*",
      description = "The tenant whose rule it is; default: every tenant that has none of its own.")
  private String tenantId;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  DeploymentSettings settings() {
    return broker.read();
  }

  String tenantId() {
    int length = tenantId.codePointCount(0, tenantId.length());
    if (tenantId.isBlank() || length > MAX_TENANT_CHARS) {
      throw new ParameterException(
          spec.commandLine(),
          "--tenant: '"
              + tenantId
              + "' is not allowed; allowed: 1 to "
              + MAX_TENANT_CHARS
              + " characters");
    }
    return tenantId;
  }
}
