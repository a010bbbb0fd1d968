package import ServiceKit

/// The public services of a province: which agencies give which of them online, and how far. A service whose level is raised has a
/// further entry from that day on.
package struct ServiceCatalogue: Sendable {
  package let services: [PublicService]

  package init(_ services: [PublicService]) { self.services = services }

  /// Each service as it is given on a day, once for every agency that gives it.
  package func inForce(on day: CivilDay) -> [PublicService] {
    var latest: [Key: PublicService] = [:]
    for service in services where service.from <= day {
      let key = Key(service)
      if let other = latest[key], other.from > service.from { continue }
      latest[key] = service
    }
    return latest.values.sorted { ($0.procedure, $0.agency) < ($1.procedure, $1.agency) }
  }

  struct Key: Hashable {
    let procedure: String
    let agency: String

    init(_ procedure: String, agency: String) {
      self.procedure = procedure
      self.agency = agency
    }

    init(_ service: PublicService) { self.init(service.procedure, agency: service.agency) }
  }
}
