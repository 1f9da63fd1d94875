package io.customerpulse.lab.soak;

/** What can happen to a running job. */
enum Fault {
  KILL_TASK_MANAGER("kill -9 of the busiest TaskManager"),
  KILL_JOB_MANAGER("kill -9 of the JobManager, job restored from its latest checkpoint"),
  KILL_BROKER("kill -9 of the broker, restarted on its data"),
  HALT_TASK_MANAGER("SIGSTOP of the busiest TaskManager"),
  BROKER_UNREACHABLE("broker unreachable (SIGSTOP)"),
  CHECKPOINTS_READ_ONLY("checkpoint folder not writable"),
  DISK_FULL("disk of the checkpoints full"),
  PARTITION_ADDED("a partition added to tracking-events"),
  CLOCK_OFF("a TaskManager whose clock is off"),
  UPGRADE("upgrade: savepoint, jar, proof");

  private final String phrase;

  Fault(String phrase) {
    this.phrase = phrase;
  }

  String phrase() {
    return phrase;
  }
}
