import DocumentKit
import DossierModel
package import DossierStore
import Translation

/// Runs stored messages through two versions of a mapping and gathers the differences by pattern.
///
/// It reads the store and does nothing else: nothing is sent and nothing is written. Messages are taken page by page, so
/// a store of any size needs little memory. A pattern holds no text of a document unless that is asked for; codes are no
/// citizen's data and always shown.
package struct Replay {
  /// Messages looked up at once.
  package static let pageSize = 200
  /// Messages named with a pattern.
  package static let examplesLimit = 5

  private let request: ReplayRequest
  private let types: [String: MessageType]
  private let codes: CodePlaces
  private var report = ReplayReport()
  private var patterns: [String: ReplayReport.Pattern] = [:]

  /// Runs every message that the filter wants.
  package static func run(
    _ request: ReplayRequest, over reader: any DossierReader,
  ) throws(StoreError) -> ReplayReport {
    var replay = Replay(request)
    var cursor: MessagePage.Cursor? = .start
    while let place = cursor {
      let page = try reader.messages(request.filter, from: place, limit: pageSize)
      for message in page.messages {
        if message.pruning != nil {
          replay.report.pruned += 1
        } else {
          replay.take(message.envelope, try reader.body(of: message.envelope.id))
        }
      }
      cursor = page.next
    }
    return replay.finish()
  }

  private init(_ request: ReplayRequest) {
    self.request = request
    types = Dictionary(request.types.map { ($0.name, $0) }) { first, _ in first }
    codes = CodePlaces([request.before, request.after])
  }

  private consuming func finish() -> ReplayReport {
    report.patterns = patterns.values.sorted { ($1.messages, $0.text) < ($0.messages, $1.text) }
    return report
  }

  private mutating func take(_ envelope: Envelope, _ body: [UInt8]?) {
    guard let type = types[envelope.type], let body, let source = source(of: body, type, envelope) else {
      report.passedOver += 1
      return
    }
    let before = Result(request.before, source)
    let after = Result(request.after, source)
    report.compared += 1
    var found = Set<String>()
    if let one = before.tree, let other = after.tree {
      let differences = DocumentComparison.differences(one, other, request.comparison)
      found = Set(differences.map(text))
    } else if before.summary != after.summary {
      found = ["\(before.summary) → \(after.summary)"]
    }
    if found.isEmpty { report.equal += 1 }
    for text in found { note(text, envelope.id) }
  }

  /// The document that the mapping reads: the message itself, or the canonical document made of it; nil if it reads
  /// neither, or the message went another route.
  private func source(of body: [UInt8], _ type: MessageType, _ envelope: Envelope) -> DocumentTree? {
    guard let tree = try? DocumentTree(parsing: body, as: type.format) else { return nil }
    let isRead = type.toCanonical == request.after.name
    guard isRead || request.after.source.schema.hasPrefix("canonical/") else { return nil }
    if isRead, request.route == nil { return tree }
    guard let mapping = request.toCanonical[type.name],
      case .translated(let canonical, _, _)? = try? mapping.translate(tree),
      request.route?(envelope, type, canonical) ?? true
    else { return nil }
    return isRead ? tree : canonical
  }

  private mutating func note(_ text: String, _ id: MessageID) {
    var pattern = patterns[text] ?? ReplayReport.Pattern(text: text, messages: 0, examples: [])
    pattern.messages += 1
    if pattern.examples.count < Self.examplesLimit { pattern.examples.append(id) }
    patterns[text] = pattern
  }

  /// The difference without its place in lists, and without texts unless they are codes or asked for.
  private func text(_ difference: StructuralDifference) -> String {
    let isShown = request.showsValues || codes.contains(difference.pattern)
    let place = difference.pattern.isEmpty ? "/" : difference.pattern
    switch difference.kind {
    case .added: return "+ \(place)" + (isShown ? difference.after.map { ": \($0)" } ?? "" : "")
    case .removed: return "- \(place)" + (isShown ? difference.before.map { ": \($0)" } ?? "" : "")
    case .changed:
      return "~ \(place)" + (isShown ? ": \(difference.before ?? "…") → \(difference.after ?? "…")" : "")
    }
  }
}

extension Replay {
  /// What one version makes of a message: a document, or why there is none.
  private struct Result {
    let tree: DocumentTree?
    /// Names rules and tables and never a text of the document.
    let summary: String

    init(_ mapping: Mapping, _ source: DocumentTree) {
      do throws(TranslationError) {
        let outcome = try mapping.translate(source)
        switch outcome {
        case .translated(let tree, _, _): self.init(tree: tree, summary: "translated")
        case .held(let reason): self.init(tree: nil, summary: reason.summary)
        case .refused(let findings):
          self.init(tree: nil, summary: "refused " + Set(findings.map(\.rule)).sorted().joined(separator: " "))
        }
      } catch {
        self.init(tree: nil, summary: "failed \(error.code.rawValue)")
      }
    }

    private init(tree: DocumentTree?, summary: String) {
      self.tree = tree
      self.summary = summary
    }
  }
}
