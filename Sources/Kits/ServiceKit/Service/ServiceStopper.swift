import ThreadKit

/// The handle by which a service asks its group for the end; made before the services, so that they can be given it.
package final class ServiceStopper: Sendable {
  /// What the group waits on. Signals, ends of steps and requests: a handful; a full box means that the end is asked for.
  let events = BoundedMailbox<ServiceGroupMachine.Event>(limit: 1_024)

  package init() {}

  /// Asks the group to stop all services; returns at once. `failed` makes the exit code 1.
  package func requestStop(failed: Bool) {
    events.put(.stopRequested(failed: failed))
  }
}
