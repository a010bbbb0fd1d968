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
  /// Another policy than the usual one was chosen by whoever started the process, and stays. False then, and where the
  /// kernel does not allow it: everything works all the same.
  @discardableResult
  package static func gatherWork() -> Bool {
    guard sched_getscheduler(0) == SCHED_OTHER else { return false }
    var usualPriority = sched_param()
    return sched_setscheduler(0, batchPolicy, &usualPriority) == 0
  }
}
