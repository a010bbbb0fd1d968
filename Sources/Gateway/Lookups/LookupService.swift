import Delivery
import ServiceKit

/// Ends questions under way when the gateway stops; it starts nothing.
final class LookupService: Service {
  let name = "lookups"
  private let desk: LookupDesk

  init(_ desk: LookupDesk) { self.desk = desk }

  func start() {}

  func stop() { desk.cancelAll() }
}
