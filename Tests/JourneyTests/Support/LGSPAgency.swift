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
      let code = Self.code(in: request.body)
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

  /// Asked as text on purpose: what arrived is looked at without the gateway's own parser.
  private static func code(in body: [UInt8]) -> String {
    let text = String(decoding: body, as: UTF8.self)
    guard let start = text.range(of: "<DocCode>"), let end = text.range(of: "</DocCode>") else { return "?" }
    return String(text[start.upperBound..<end.lowerBound])
  }
}

extension String {
  /// Where a text stands in another one.
  fileprivate func range(of part: String) -> Range<String.Index>? {
    let own = Array(utf8)
    let wanted = Array(part.utf8)
    guard own.count >= wanted.count else { return nil }
    for start in 0...(own.count - wanted.count) where own[start..<(start + wanted.count)].elementsEqual(wanted) {
      let from = utf8.index(utf8.startIndex, offsetBy: start)
      return from..<utf8.index(from, offsetBy: wanted.count)
    }
    return nil
  }
}
