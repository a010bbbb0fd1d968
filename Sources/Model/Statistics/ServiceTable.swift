/// How many services a catalogue has by the office that gives them and by level, and which of them dossiers of a period used.
package struct ServiceTable: Sendable {
  package struct Row: Sendable, Equatable {
    /// By level.
    package fileprivate(set) var services: [Int: Int] = [:]
    /// Of all of them: those that had a dossier in the period.
    package fileprivate(set) var used = 0
    package fileprivate(set) var dossiers = 0

    package var all: Int { services.values.reduce(0, +) }

    static func + (left: Row, right: Row) -> Row {
      var sum = left
      sum.services.merge(right.services, uniquingKeysWith: +)
      sum.used += right.used
      sum.dossiers += right.dossiers
      return sum
    }
  }

  package let period: Period
  /// Dossiers of services that the catalogue has not.
  package private(set) var unlisted = 0
  private let services: [ServiceCatalogue.Key: PublicService]
  /// The service of a procedure that only one agency gives.
  private let only: [String: PublicService]
  private var dossiers: [ServiceCatalogue.Key: Int] = [:]

  /// The services as they are given on the last day of the period.
  package init(_ catalogue: ServiceCatalogue, _ period: Period) {
    self.period = period
    let services = catalogue.inForce(on: period.last)
    self.services = Dictionary(services.map { (ServiceCatalogue.Key($0), $0) }) { $1 }
    only = Dictionary(grouping: services, by: \.procedure).compactMapValues { $0.count == 1 ? $0[0] : nil }
  }

  /// Counts a dossier that was received in the period: under its procedure and agency, or under its procedure where one agency alone
  /// gives that.
  package mutating func add(_ one: DossierCase) {
    guard period.contains(one.receivedAt) else { return }
    let procedure = one.procedure ?? ""
    let service = services[ServiceCatalogue.Key(procedure, agency: one.agency)] ?? only[procedure]
    guard let service else {
      unlisted += 1
      return
    }
    dossiers[ServiceCatalogue.Key(service), default: 0] += 1
  }

  package subscript(office: PublicService.Office) -> Row {
    var row = Row()
    for (key, service) in services where service.office == office {
      row.services[service.level, default: 0] += 1
      if let count = dossiers[key] {
        row.used += 1
        row.dossiers += count
      }
    }
    return row
  }

  package var total: Row { PublicService.Office.allCases.reduce(Row()) { $0 + self[$1] } }

  /// The services of one agency.
  package func services(of agency: String) -> [PublicService] {
    services.values.filter { $0.agency == agency }.sorted { $0.procedure < $1.procedure }
  }
}
