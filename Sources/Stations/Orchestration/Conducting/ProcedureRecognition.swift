import DocumentKit
package import DossierModel
import XMLKit

/// Finds out whether a message begins a procedure or belongs to one, and reads from it what its conductor has to know.
///
/// What the message means is decided later, in the transaction that records it: here nothing is known for certain but the
/// message itself. Only who is an agency of the procedure is looked up, because an agency's word is not routed.
package struct ProcedureRecognition: Station {
  /// The identity by which the gateway names its own dossier to an agency, which may have another code for it.
  package static let ownSystem = "lienthong"
  /// The identity by which a message names the step that it is about.
  package static let stepSystem = "buoc"
  /// The identity by which an agency names the step to which it gives the dossier back.
  package static let returnSystem = "chuyen-tra"
  /// The identity by which an agency learns which time it gets a step, from the second on.
  package static let roundSystem = "lan"
  /// The identity by which an agency learns which step gave the dossier back.
  package static let giverSystem = "tra-lai-tu"
  /// The identity by which an agency that has had the dossier learns that it was handed in again since then: the message's.
  package static let againSystem = "nop-lai"

  private let procedures: ConductedProcedures
  private let known: @Sendable ([DossierCode], PartyID) throws(Refusal) -> ConductedState?

  /// `known`: the procedure that is known under one of these codes to this party.
  package init(
    procedures: ConductedProcedures,
    known: @escaping @Sendable ([DossierCode], PartyID) throws(Refusal) -> ConductedState?
  ) {
    self.procedures = procedures
    self.known = known
  }

  package func process(_ passage: inout Passage) throws(Refusal) {
    guard let root = passage.canonical?.root, let fields = passage.fields else {
      preconditionFailure("procedures are recognised behind the canonical document")
    }
    let national = root.firstElement(named: "nationalCode").map { DossierCode($0.text) }
    let named = Self.identity(Self.ownSystem, in: root).map { DossierCode($0) }
    let codes = [fields.code, named, national].compactMap { $0 }
    let sender = passage.envelope.sender
    if let state = try known(codes, sender), let machine = procedures[state.instance.procedure] {
      // Whoever has no part in it has no word in it either: such a message goes where routes send it.
      guard state.participants.contains(sender) else { return }
      let steps = machine.definition.steps.filter { state.instance[$0.id].agency == sender }
      try Self.refuseBeyondLevel(machine.definition, root, isAgency: !steps.isEmpty)
      var message = Self.message(passage.type, fields, root, steps: steps, nationalCode: national)
      // The appointment of who gives it to the citizen is the dossier's, for whoever looks it up or counts.
      if steps.contains(where: \.givesAppointment) { passage.fields?.appointedAt = message.appointedAt }
      // What is handed in again says how it was handed in, and not where the dossier stands.
      message.isHandedInAgain =
        message.isComplete && sender == state.sender && state.instance.outcome == nil
        && message.status?.isAccepted != true
      passage.conducted = ConductedMessage(
        codes: codes, isAnswer: !steps.isEmpty && sender != state.sender,
        withheldFrom: machine.definition.parties.union(state.instance.steps.values.compactMap(\.agency))
          .union(message.isHandedInAgain ? state.informed : []),
        content: message)
    } else if passage.type.kind == .dossier, let machine = procedures.procedure(for: fields.procedure, at: root) {
      try Self.refuseBeyondLevel(machine.definition, root, isAgency: false)
      var message = Self.message(passage.type, fields, root, steps: [], nationalCode: national)
      let facts = try Self.facts(machine.definition, root)
      message.beginning = ProcedureMessage.Beginning(procedure: machine.definition.version, facts: facts)
      passage.conducted = ConductedMessage(
        codes: codes, isAnswer: false, withheldFrom: machine.definition.parties, content: message)
    }
  }

  private static func message(
    _ type: MessageType, _ fields: DossierFields, _ root: XMLNode, steps: [StepDefinition], nationalCode: DossierCode?
  ) -> ProcedureMessage {
    var results: [StepID: [String: String]] = [:]
    for step in steps where !step.results.isEmpty {
      results[step.id] = step.results.compactMapValues { expression in
        guard let text = try? expression.string(at: root), !text.isEmpty else { return nil }
        return text
      }
    }
    func said(_ word: KeyPath<StepDefinition, XPathExpression?>) -> Set<StepID> {
      Set(steps.filter { (try? $0[keyPath: word]?.boolean(at: root)) ?? false }.map(\.id))
    }
    return ProcedureMessage(
      kind: type.kind, status: fields.status.flatMap(DossierStatus.init(rawValue:)),
      isComplete: type.kind == .dossier && !type.isPartial,
      step: identity(stepSystem, in: root).map { StepID($0) },
      returnsTo: identity(returnSystem, in: root).map { StepID($0) },
      appointedAt: root.givenAppointment,
      isPaid: root.firstElement(named: "onlinePayment")?.saysPaidOnline ?? false, done: said(\.doneWhen),
      refused: said(\.refusedWhen), results: results,
      nationalCode: nationalCode)
  }

  private static func identity(_ system: String, in root: XMLNode) -> String? {
    root.elements.first { $0.isNamed("externalId") && $0.firstElement(named: "system")?.text == system }?
      .firstElement(named: "id")?.text
  }

  private static func facts(_ definition: ProcedureDefinition, _ root: XMLNode) throws(Refusal) -> ProcedureFacts {
    do throws(UnfitDossier) {
      return try ProcedureFacts(definition, dossier: root)
    } catch {
      switch error {
      case .choice(let chosen, let allowed):
        let names = (definition.choice?.options ?? []).map(\.name).joined(separator: ", ")
        let (least, most) = (allowed.lowerBound, allowed.upperBound)
        throw Refusal(
          .invalid,
          english:
            "the procedure ‘\(definition.version.name)’ wants \(least) to \(most) of its choices and the dossier "
            + "makes \(chosen); they are \(names)",
          vietnamese: "thủ tục “\(definition.title)” cần chọn từ \(least) đến \(most) thủ tục thành phần, hồ sơ chọn "
            + "\(chosen); các lựa chọn: \(names)")
      }
    }
  }

  /// Below level 4 nothing is paid online and no result comes by post: a dossier that asks for it would wait for what nobody
  /// does.
  private static func refuseBeyondLevel(
    _ definition: ProcedureDefinition, _ root: XMLNode, isAgency: Bool
  ) throws(Refusal) {
    guard definition.level < .complete, !isAgency, let path = ServiceLevel.beyond(submission: root) else { return }
    let level = definition.level.rawValue
    throw Refusal(
      .invalid,
      english:
        "the procedure ‘\(definition.version.name)’ is a service of level \(level), which has no online payment and "
        + "no return by post; leave out what asks for it",
      vietnamese: "thủ tục “\(definition.title)” cung cấp ở mức độ \(level), không có thanh toán trực tuyến và trả kết "
        + "quả qua bưu chính; hãy bỏ nội dung này khỏi hồ sơ",
      findings: [
        Finding(
          path: path, line: 0, column: 0, rule: "procedure.level",
          messageVietnamese: "không thuộc mức độ \(level) của thủ tục",
          messageEnglish: "it does not belong to level \(level) of the procedure")
      ])
  }
}
