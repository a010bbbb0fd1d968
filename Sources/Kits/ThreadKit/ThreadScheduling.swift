import Glibc

/// How the kernel hands out processors to the threads of this process.
package enum ThreadScheduling {
  /// Of <linux/sched.h>; Swift's Glibc module leaves it out.
  private static let batchPolicy: Int32 = 3

  /// Lets whoever runs go on when a thread of this process wakes: Linux's `SCHED_BATCH`
  /// (https://man7.org/linux/man-pages/man7/sched.7.html).
  ///
  /// For threads that hand work to each other: one that is woken while another still works comes when that one waits or
  /// its time slice is over, and finds more to take at once. It needs no rights and takes no processor from anybody.
  ///
  /// For the calling thread and those that are started by it and by its threads from then on; hence before the first.
  /// Another policy than the usual one was chosen by whoever started the process, and stays. Where the kernel refuses, as
  /// under a filter of system calls, the usual one stays: everything works all the same, at a somewhat higher price, and
  /// nobody needs to be told. `chrt --pid` shows which one it is.
  package static func gatherWork() {
    guard sched_getscheduler(0) == SCHED_OTHER else { return }
    var usualPriority = sched_param()
    _ = sched_setscheduler(0, batchPolicy, &usualPriority)
  }
}
