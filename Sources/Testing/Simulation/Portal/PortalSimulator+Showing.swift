package import HTTPKit
import JSONKit
import Synchronization

// GET /_simulator/dossiers, /_simulator/dossiers/<code>.

extension PortalSimulator {
  package func show(_ path: [String], _ request: HTTPRequest) -> HTTPResponse? {
    guard path.first == "dossiers", path.count <= 2 else { return nil }
    if path.count == 2 { return dossier(path[1]) }
    let dossiers = state.withLock { state in state.order.compactMap { state.dossiers[$0] } }
    return .json(indent: 2) { writer in
      writer.beginObject()
      writer.name("dossiers")
      writer.beginArray()
      for dossier in dossiers {
        writer.beginObject()
        dossier.writeSummary(to: &writer)
        writer.endObject()
      }
      writer.endArray()
      writer.endObject()
    }
  }

  private func dossier(_ code: String) -> HTTPResponse? {
    guard let dossier = state.withLock({ $0.dossiers[code] }) else { return nil }
    return .json(indent: 2) { writer in
      writer.beginObject()
      dossier.writeSummary(to: &writer)
      writer.name("dossier")
      writer.value(dossier.current)
      writer.name("progressEntries")
      writer.beginArray()
      for entry in dossier.progress { writer.value(entry) }
      writer.endArray()
      writer.endObject()
    }
  }

  /// The latest form of a dossier and its progress, for tests in process.
  package func holds(_ code: String) -> Bool {
    state.withLock { $0.dossiers[code] != nil }
  }
}
