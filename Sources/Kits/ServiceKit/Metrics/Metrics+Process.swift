import Glibc

extension Metrics {
  /// Registers what every Prometheus client tells of its process, under the usual names: CPU time, memory, open file
  /// descriptors and their limit, start time. Read from /proc at every exposition.
  package func registerProcess() {
    counter("process_cpu_seconds_total", "Processor time used by the process, in seconds.") {
      var usage = rusage()
      guard getrusage(RUSAGE_SELF.rawValue, &usage) == 0 else { return nil }
      let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
      return Double(seconds) + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6
    }
    gauge("process_resident_memory_bytes", "Memory of the process that is in RAM, in bytes.") {
      ProcessFacts.residentBytes()
    }
    gauge("process_open_fds", "Open file descriptors.") { ProcessFacts.openDescriptors() }
    gauge("process_max_fds", "Most file descriptors the process may open.") {
      var limit = rlimit()
      guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
      return Double(limit.rlim_cur)
    }
    gauge("process_start_time_seconds", "When the process started, in seconds since 1970.") {
      ProcessFacts.startSeconds()
    }
  }
}
