package import DocumentKit
package import DossierModel
import ServiceKit
package import XMLKit

/// Writes the canonical document of a procedure's output, from the dossier as its sender told it and what agencies answered.
package struct OutputDocument {
  private let errand: OutputErrand
  private let dossier: XMLNode
  private let answers: [XMLNode]
  private let order: ElementOrder
  /// What a party is called.
  private let name: (PartyID) -> String?

  /// - Parameters:
  ///   - dossier: the errand's dossier in canonical form.
  ///   - answers: the errand's answers in canonical form, the latest last.
  ///   - order: of the canonical schema.
  package init(
    _ errand: OutputErrand, dossier: DocumentTree, answers: [DocumentTree], order: ElementOrder,
    name: @escaping (PartyID) -> String?
  ) {
    self.errand = errand
    self.dossier = dossier.root
    self.answers = answers.map(\.root)
    self.order = order
    self.name = name
  }

  /// Throws what a text of the errand that no document can carry makes; texts of documents have been looked at before.
  package func canonical(as kind: MessageKind) throws(XMLError) -> DocumentTree {
    var builder = XMLTreeBuilder()
    let parts = kind == .dossier ? dossierParts : progressParts
    try CanonicalPart.write(kind.rawValue, at: kind.rawValue, parts, in: order, to: &builder)
    guard let tree = try? DocumentTree(xml: builder.finish()) else {
      preconditionFailure("a tree with a root has a root")
    }
    return tree
  }

  // MARK: The dossier

  private var dossierParts: [CanonicalPart] {
    var parts = dossier.elements.filter { !isReplaced($0) }.map(CanonicalPart.node)
    parts.append(.text("code", errand.code.text))
    parts += identities
    if let reason = givenBackBecause { parts.append(.text("note", reason)) }
    if errand.isHandedInAgain, let promised { parts.append(.text("appointedAt", promised)) }
    if let appointment { parts.append(.text("appointedAt", appointment)) }
    guard errand.purpose != .send else { return parts }
    parts.append(.text("status", errand.status.rawValue))
    parts.append(.text("note", errand.text))
    parts += results.map(CanonicalPart.node)
    switch errand.status {
    case .completed: parts.append(.text("finishedAt", moment(errand.at)))
    case .returned:
      if dossier.firstElement(named: "finishedAt") == nil, let finishedAt = errand.finishedAt {
        parts.append(.text("finishedAt", moment(finishedAt)))
      }
      parts.append(.text("returnedAt", moment(errand.at)))
    case .stopped, .withdrawn: parts.append(.text("closedAt", moment(errand.at)))
    default: break
    }
    return parts
  }

  private func isReplaced(_ element: XMLNode) -> Bool {
    switch element.localName {
    case "code": true
    case "externalId": ownSystems.contains(element.firstElement(named: "system")?.text ?? "")
    case "status": errand.purpose != .send
    case "note": errand.purpose != .send || givenBackBecause != nil
    case "appointedAt": appointment != nil
    case "finishedAt": errand.purpose != .send && errand.status == .completed
    case "returnedAt": errand.purpose != .send && errand.status == .returned
    case "closedAt": errand.purpose != .send && (errand.status == .stopped || errand.status == .withdrawn)
    default: false
    }
  }

  /// What the citizen was promised, where the dossier does not say it itself.
  private var appointment: String? {
    guard let appointedAt = errand.appointedAt, dossier.givenAppointment != appointedAt else { return nil }
    return moment(appointedAt)
  }

  /// What is promised where the dossier that was handed in again says nothing.
  private var promised: String? {
    dossier.firstElement(named: "appointedAt") == nil ? errand.dueAt.map(moment) : nil
  }

  /// What the agency said that gave the dossier back, for the one that has to do its step again.
  private var givenBackBecause: String? {
    guard errand.givenBackBy != nil else { return nil }
    let answer = answers.last
    let entry = answer?.elements.reversed().first { $0.isNamed("entry") } ?? answer
    return ["note", "content"].compactMap { entry?.firstElement(named: $0)?.text }.first ?? errand.text
  }

  /// Papers that agencies gave, each once; what the dossier has already is in it.
  private var results: [XMLNode] {
    var told = Set(dossier.elements.filter { $0.isNamed("result") }.map(Self.identity))
    return answers.flatMap(Self.results).filter { told.insert(Self.identity($0)).inserted }
  }

  private static func results(of answer: XMLNode) -> [XMLNode] {
    answer.elements.flatMap { element -> [XMLNode] in
      if element.isNamed("result") { return [element] }
      return element.isNamed("entry") ? element.elements.filter { $0.isNamed("result") } : []
    }
  }

  private static func identity(_ result: XMLNode) -> String {
    ["id", "code", "number", "url", "name"].compactMap { result.firstElement(named: $0)?.text }.joined(separator: "\n")
  }

  // MARK: Identities

  /// What an agency gives back to name the dossier and the step, and the results that it needs.
  private var identities: [CanonicalPart] {
    guard errand.purpose != .inform else { return [] }
    var identities = [(ProcedureRecognition.ownSystem, errand.code.text)]
    if let step = errand.step { identities.append((ProcedureRecognition.stepSystem, step.text)) }
    if errand.round > 1 { identities.append((ProcedureRecognition.roundSystem, String(errand.round))) }
    if let giver = errand.givenBackBy { identities.append((ProcedureRecognition.giverSystem, giver.text)) }
    if errand.isHandedInAgain { identities.append((ProcedureRecognition.againSystem, errand.dossier.description)) }
    identities += errand.results.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    return identities.map { system, id in .parts("externalId", [.text("system", system), .text("id", id)]) }
  }

  private var ownSystems: Set<String> {
    Set([
      ProcedureRecognition.ownSystem, ProcedureRecognition.stepSystem, ProcedureRecognition.returnSystem,
      ProcedureRecognition.roundSystem, ProcedureRecognition.giverSystem, ProcedureRecognition.againSystem,
    ])
    .union(errand.results.keys)
  }

  // MARK: Progress

  private var progressParts: [CanonicalPart] {
    var parts: [CanonicalPart] = [.text("code", errand.code.text)] + identities
    for name in ["nationalCode", "procedure", "unit"] {
      if let node = dossier.firstElement(named: name) { parts.append(.node(node)) }
    }
    parts.append(.parts("entry", entryParts))
    return parts
  }

  private var entryParts: [CanonicalPart] {
    var parts: [CanonicalPart] = []
    let answer = answers.last
    let entry = answer?.elements.reversed().first { $0.isNamed("entry") }
    if let entry { parts += entry.elements.filter { !Self.ownOfEntry.contains($0.localName) }.map(CanonicalPart.node) }
    if entry == nil, let answer {
      for name in ["note", "fee", "result"] {
        parts += answer.elements.filter { $0.isNamed(name) }.map(CanonicalPart.node)
      }
    }
    let handler = entry?.firstElement(named: "handler")?.text ?? errand.party.flatMap(name) ?? "Trục liên thông"
    parts.append(.text("handler", handler))
    parts.append(.text("at", moment(errand.at)))
    parts.append(.text("content", entry?.firstElement(named: "content")?.text ?? errand.text))
    parts.append(.text("status", errand.status.rawValue))
    if entry?.firstElement(named: "department") == nil, let agency = errand.party.flatMap(name) {
      parts.append(.text("department", agency))
    }
    if let dueAt = errand.dueAt { parts.append(.text("dueAt", moment(dueAt))) }
    if let until = errand.supplementDueAt { parts.append(.text("supplementDueAt", moment(until))) }
    return parts
  }

  /// What is said of the whole, whatever an agency's entry says of its step. Which office reports (`office`) is a number of
  /// the agency's own conductor, and not its name.
  private static let ownOfEntry: Set<String> = [
    "handler", "at", "content", "status", "office", "supplementDueAt", "dueAt", "newAppointedAt", "previousAppointedAt",
    "clockStopped", "passedTo",
  ]

  private func moment(_ moment: Timestamp) -> String { moment.rfc3339(offset: .vietnam, fraction: .none) }
}
