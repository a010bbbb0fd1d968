import CryptographyKit
import DocumentKit
import DossierModel
import Gateway
import JSONKit
import Reception
import ServiceKit

/// The line's own steps, timed one after another on one thread.
enum StationTimes {
  static func measure(template: MessageTemplate, catalogue: String) throws -> [StepTime] {
    let site = try BenchSite(catalogue: catalogue, sinkPort: 1, threads: nil)
    let plan = try SitePlan(Site(folder: site.folder))
    guard let type = plan.types["dvcqg-a/ho-so"] else { throw BenchError("the site has no dvcqg-a/ho-so") }
    let body = template.message(1)
    let identifiers = UUIDv7Generator()

    func passage() throws -> Passage {
      let json = try JSONDocument(parsing: body).root
      let tree = try DocumentTree(json: json)
      let envelope = Envelope(
        id: MessageID(identifiers.next()), sender: "mot-cua", type: type.name, receivedAt: SystemTimeSource().now(),
        digest: MessageDigest(of: body))
      return Passage(envelope: envelope, type: type, source: tree, root: tree.root, json: json, body: body)
    }

    var times = [try StepTime.measure("parse, tree, digest, envelope") { _ = try passage() }]
    var before = try passage()
    for station in plan.line(known: { _ in nil }).stations {
      let input = before
      times.append(
        try StepTime.measure("\(Swift.type(of: station))") {
          var copy = input
          try station.process(&copy)
        })
      try station.process(&before)
    }
    times.append(
      StepTime(name: "sum of the steps before the store", microseconds: times.reduce(0) { $0 + $1.microseconds }))
    return times
  }
}
