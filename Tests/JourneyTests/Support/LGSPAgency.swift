import GatewayTesting
import HTTPKit
import Synchronization

/// An agency that takes every document, and remembers each by its key: what the ledger of the gateway is compared with.
final class LGSPAgency: Sendable {
  private final class Notebook: Sendable {
    let received = Mutex<[String: Int]>([:])
    let isDown = Atomic<Bool>(false)
  }

  private let notebook: Notebook
  let partner: ScriptedPartner

  init() throws {
    let notebook = Notebook()
    self.notebook = notebook
    partner = try ScriptedPartner { request, _ in
      if notebook.isDown.load(ordering: .relaxed) { return .answer(.text(503, "down")) }
      let code = request.body.text(of: "DocCode") ?? "?"
      notebook.received.withLock { $0[code, default: 0] += 1 }
      return .answer(
        .text(
          200, "<MResult><Status>200</Status><Message>OK</Message></MResult>",
          headers: ["Content-Type": "application/xml"]))
    }
  }

  var port: Int { Int(partner.address.split(separator: ":").last ?? "") ?? 0 }

  /// How often each dossier's document was taken.
  var received: [String: Int] { notebook.received.withLock { $0 } }

  func setDown(_ isDown: Bool) { notebook.isDown.store(isDown, ordering: .relaxed) }
}
