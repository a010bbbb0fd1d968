import CryptographyKit
import Deadlines
import DocumentKit
import DossierModel
import GatewayTesting
import JSONKit
import Orchestration
import ServiceKit
import Testing
import XMLKit

/// A procedure conducted as a store conducts it: messages go through the recognition, and the conductor's move becomes the state.
final class ConductedPlay {
  private let procedures: ConductedProcedures
  private let conductor: Conductor
  private let identifiers = UUIDv7Generator()
  private(set) var state: [UInt8]?
  private(set) var history: [ConductedLine] = []
  private(set) var outputs: [ConductedOutput] = []
  private(set) var codes: [ConductedMove.Code] = []
  /// What the last message came to.
  private(set) var last: ConductedMessage?
  private(set) var move: ConductedMove?
  /// When outputs reached their destinations, by party and name.
  var delivered: [PartyID: [String: Timestamp]] = [:]
  private var documents: [MessageID: DocumentTree] = [:]

  init(_ definitions: [ProcedureDefinition], receivers: [PartyID: Set<MessageKind>]? = nil) throws {
    let calendars = try Procedures.calendars()
    procedures = ConductedProcedures(
      try definitions.map { definition in
        ProcedureMachine(definition, clock: try #require(ProcedureClock(definition, calendars: calendars)))
      })
    let both: Set<MessageKind> = [.dossier, .progress]
    let parties = definitions.flatMap(\.parties) + ["mot-cua", "cong"]
    conductor = Conductor(
      procedures,
      receivers: receivers ?? Dictionary(parties.map { ($0, both) }, uniquingKeysWith: { first, _ in first }))
  }

  var conducted: ConductedState? { state.flatMap { ConductedState(json: $0) } }

  /// Sends a canonical document; the answer is its refusal, if it is refused.
  @discardableResult
  func send(
    _ xml: String, from sender: PartyID, at moment: String, isPartial: Bool = false, to recipients: [PartyID] = []
  ) throws -> Refusal? {
    let tree = try DocumentTree(parsing: Array(xml.utf8), as: .xml)
    let kind = try #require(MessageKind(rawValue: tree.root.localName))
    let now = try Procedures.moment(moment)
    let id = MessageID(identifiers.next())
    let status =
      tree.root.firstElement(named: "status") ?? tree.root.firstElement(named: "entry")?.firstElement(named: "status")
    let code = DossierCode(try #require(tree.root.firstElement(named: "code")?.text))
    var passage = Passage(
      envelope: Envelope(
        id: id, sender: sender, type: "rest/\(kind.rawValue)", receivedAt: now, digest: MessageDigest(of: [])),
      type: MessageType(
        name: "rest/\(kind.rawValue)", format: .xml, kind: kind, recognise: "true()", schema: "", isPartial: isPartial),
      source: tree, root: tree.root, json: nil, body: [])
    passage.canonical = tree
    passage.fields = DossierFields(
      code: code, procedure: tree.root.firstElement(named: "procedure")?.firstElement(named: "code")?.text,
      status: status?.text)
    let known = conducted
    let recognition = ProcedureRecognition(procedures: procedures) { codes, _ in
      codes.contains { $0 == known?.code } ? known : nil
    }
    do {
      try recognition.process(&passage)
    } catch {
      return error
    }
    documents[id] = tree
    last = passage.conducted
    guard let message = passage.conducted else { return nil }
    let context = ConductOccasion.MessageContext(
      id: id, sender: sender, dossier: known?.code ?? code, recipients: recipients,
      delivered: delivered[sender] ?? [:])
    take(conductor.conduct(.message(message, context), state: state, at: now))
    return nil
  }

  func lookAhead(_ forecasts: [StepForecast], at moment: String) throws {
    take(conductor.conduct(.forecast(forecasts), state: state, at: try Procedures.moment(moment)))
  }

  func tick(at moment: String) throws {
    take(conductor.conduct(.timer(), state: state, at: try Procedures.moment(moment)))
  }

  func order(_ action: ProcedureOrder.Action, at moment: String) throws {
    take(
      conductor.conduct(
        .order(ProcedureOrder(action, actor: "an", reason: "thử")), state: state, at: try Procedures.moment(moment)))
  }

  private func take(_ move: ConductedMove?) {
    self.move = move
    guard let move else { return }
    state = move.state
    history += move.history
    outputs += move.outputs
    codes += move.codes
  }

  /// `party: name` of the outputs of the last move.
  var owed: [String] { (move?.outputs ?? []).map { "\($0.destination): \($0.name) (\($0.kind.rawValue))" } }

  /// The document of the last output to a party, of that kind.
  func document(to party: PartyID, as kind: MessageKind? = nil) throws -> DocumentTree {
    let output = try #require(outputs.last { $0.destination == party && (kind == nil || $0.kind == kind) })
    let errand = try #require(OutputErrand(json: output.errand))
    let document = OutputDocument(
      errand, dossier: try #require(documents[errand.dossier]), answers: errand.answers.compactMap { documents[$0] },
      order: Procedures.order, name: { $0.text.uppercased() })
    return try document.canonical(as: output.kind)
  }
}

extension DocumentTree {
  /// The text of the first node of an XPath expression.
  func text(_ path: String) throws -> String { try XPathExpression("string(\(path))").string(at: root) }
}
