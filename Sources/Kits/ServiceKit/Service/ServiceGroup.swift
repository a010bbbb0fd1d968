import Synchronization
import ThreadKit

/// Runs the services of a program from the first start to the last stop.
///
/// Services start in order. If one fails, those before it stop in reverse order. SIGTERM, SIGINT or a `ServiceStopper`
/// ends the run: services stop in reverse order, each within its deadline; one that misses it is left behind, logged,
/// and the exit code tells. A second signal ends the run at once.
package final class ServiceGroup: Sendable {
  private let services: [any Service]
  private let log: Log
  private let signals: any SignalSource
  private let events: BoundedMailbox<ServiceGroupMachine.Event>
  private let wasRun = Atomic(false)

  package init(
    _ services: [any Service], log: Log, stopper: ServiceStopper = ServiceStopper(),
    signals: any SignalSource = ProcessSignals()
  ) {
    self.services = services
    self.log = log
    self.signals = signals
    events = stopper.events
  }

  /// Returns when all is over. Call it once, on the main thread, before other threads are started, and leave the
  /// process with `_exit(exit.code)`: after `interrupted` and `stopIncomplete` services are still running.
  package func run() -> ServiceExit {
    guard !wasRun.exchange(true, ordering: .acquiringAndReleasing) else { fatalError("a service group runs once") }
    signals.prepare()
    let events = events
    let signals = signals
    _ = WorkerThread(name: "signals") {
      while let signal = signals.next() { events.put(.signal(signal)) }
    }
    let exit = follow()
    log.info("service-group-ended", [.exitCode(exit.code)])
    return exit
  }

  /// Obeys the machine until it is finished.
  private func follow() -> ServiceExit {
    let clock = SystemTimeSource()
    var machine = ServiceGroupMachine(serviceCount: services.count)
    var stopping: (service: Int, step: Int, deadline: MonotonicInstant)?
    var event = ServiceGroupMachine.Event.begun
    while true {
      switch machine.take(event) {
      case .start(let service, let step): start(service, step: step)
      case .stop(let service, let step):
        stopping = (service, step, clock.monotonic() + services[service].stopDeadline)
        stop(service, step: step)
      case .finish(let exit): return exit
      case .wait: break
      }
      let received = events.take(deadline: stopping.map { $0.deadline - clock.monotonic() })
      switch (received, stopping) {
      case (.element(let next), _): event = next
      case (.deadlinePassed, let late?):
        log.error("service-stop-deadline-passed", [.service(services[late.service].name)])
        event = .deadlinePassed(step: late.step)
        stopping = nil
      case (.deadlinePassed, nil), (.closed, _): fatalError("a service group waits without a deadline until it ends")
      }
    }
  }

  /// Starts a service on a thread of its own, so that a signal is heard while it starts.
  private func start(_ index: Int, step: Int) {
    let service = services[index]
    let (log, events) = (log, events)
    log.info("service-starting", [.service(service.name)])
    _ = WorkerThread(name: "start") {
      do {
        try service.start()
        log.info("service-started", [.service(service.name)])
        events.put(.started(step: step))
      } catch {
        log.error("service-start-failed", [.service(service.name), .error(error)])
        events.put(.startFailed(step: step))
      }
    }
  }

  /// Stops a service on a thread of its own, which is left behind if the service misses its deadline.
  private func stop(_ index: Int, step: Int) {
    let service = services[index]
    let (log, events) = (log, events)
    log.info("service-stopping", [.service(service.name)])
    _ = WorkerThread(name: "stop") {
      service.stop()
      log.info("service-stopped", [.service(service.name)])
      events.put(.stopped(step: step))
    }
  }
}
