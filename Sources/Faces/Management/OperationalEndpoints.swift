import DossierModel
package import DossierStore
package import HTTPKit
import JSONKit
package import Reception
package import ServiceKit

/// What the machine room asks for: is the process alive, can it take work, and what are its figures.
///
/// `/livez` says that the process answers, `/readyz` that it can store messages — never anything about partners, so that
/// a dead agency does not get the gateway restarted — and `/metrics` is Prometheus text.
package struct OperationalEndpoints: Sendable {
  private let store: any DossierStore
  private let gate: IntakeGate
  private let metrics: Metrics

  package init(store: any DossierStore, gate: IntakeGate, metrics: Metrics) {
    self.store = store
    self.gate = gate
    self.metrics = metrics
  }

  package var routes: [(method: HTTPMethod, path: String, handler: any HTTPHandler)] {
    [
      (.get, "/livez", ClosureHandler(answering: { _ in Self.state("alive", isGood: true) })),
      (
        .get, "/readyz",
        ClosureHandler(answering: { [store, gate] _ in
          guard store.isWritable else { return Self.state("the store takes no changes", isGood: false) }
          guard gate.isOpen else { return Self.state("short of disk space: no new messages", isGood: false) }
          return Self.state("ready", isGood: true)
        })
      ),
      (
        .get, "/metrics",
        ClosureHandler(answering: { [metrics] _ in
          HTTPResponse(
            status: 200, headers: ["Content-Type": Metrics.contentType],
            body: metrics.exposition())
        })
      ),
    ]
  }

  private static func state(_ text: String, isGood: Bool) -> HTTPResponse {
    var writer = JSONWriter()
    writer.beginObject()
    writer.name("status")
    writer.string(text)
    writer.endObject()
    return HTTPResponse(
      status: isGood ? 200 : 503, headers: ["Content-Type": "application/json", "Cache-Control": "no-store"],
      body: writer.finish())
  }
}
