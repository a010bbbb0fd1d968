package import XMLKit

/// A procedure in which several agencies take part: its steps and how they hang together.
package struct ProcedureDefinition: Sendable {
  package let version: ProcedureVersion
  package var title: String
  /// The procedure codes of dossiers that begin it; a site may add its own.
  package var codes: Set<String>
  /// True at the root of the canonical dossier where this procedure is meant; nil: always.
  package var condition: XPathExpression?
  package var level: ServiceLevel
  package var calendar: String
  package var time: TimeAllowed?
  package var choice: ChoiceDefinition?
  /// Whether the sender and the portal are told as soon as it begins that the dossier is accepted.
  package var isAcceptedAtOnce = false
  /// In the order of the file; a step stands behind others by `after` and not by its place.
  package internal(set) var steps: [StepDefinition]

  package init(
    version: ProcedureVersion, title: String, codes: Set<String>, level: ServiceLevel = .submission,
    calendar: String = "vietnam", steps: [StepDefinition]
  ) {
    self.version = version
    self.title = title
    self.codes = codes
    self.level = level
    self.calendar = calendar
    self.steps = steps
  }

  package subscript(id: StepID) -> StepDefinition? { steps.first { $0.id == id } }

  /// The steps that stand right behind this one.
  package func successors(of id: StepID) -> [StepDefinition] { steps.filter { $0.after.contains(id) } }

  /// Every step that must have ended before this one, in no order; steps of a circle are among their own.
  package func ancestors(of id: StepID) -> Set<StepID> {
    var found: Set<StepID> = []
    var open = self[id]?.after ?? []
    while let next = open.popLast() {
      if found.insert(next).inserted { open += self[next]?.after ?? [] }
    }
    return found
  }
}
