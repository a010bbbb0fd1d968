package import DocumentKit

/// What is wrong with a procedure's definition: which rule, at which step, and how to mend it.
package struct ProcedureFinding: Sendable, Equatable, CustomStringConvertible {
  package enum Rule: String, Sendable, CaseIterable {
    case unknownStep = "unknown-step"
    case unknownChoice = "unknown-choice"
    case unknownOffice = "unknown-office"
    case unknownCalendar = "unknown-calendar"
    case unknownParty = "unknown-party"
    /// Steps that stand behind each other: none of them ever begins.
    case circle
    /// No step yields the result, or none that must have ended before.
    case missingResult = "missing-result"
    /// The step that yields the result does not belong to every dossier that this one belongs to.
    case uncertainResult = "uncertain-result"
    case resultTwice = "result-twice"
    /// A step that waits for all waits for one that ends without being done.
    case neverBegins = "never-begins"
    /// Its agency cannot say that it is done.
    case neverEnds = "never-ends"
    /// The steps one after another may take longer than the whole.
    case longerThanTheWhole = "longer-than-the-whole"
    /// A dossier may be given back to a step that is not before this one.
    case returnsForward = "returns-forward"
    /// No mapping writes the dossier for the agency.
    case noMapping = "no-mapping"
    /// A payment or a return by post in a service below level 4, whose dossiers cannot ask for it.
    case beyondLevel = "beyond-level"
    /// It is accepted at once, and by a step again.
    case acceptedTwice = "accepted-twice"
    /// The end of the whole is the end of this step, and its agency is to be told of it.
    case knowsTheEnd = "knows-the-end"
    /// The result is handed over, and then the dossier is worked on.
    case notTheReturn = "not-the-return"
    /// No dossier has this choice, or none has a step without a choice.
    case unusedChoice = "unused-choice"
  }

  package let rule: Rule
  /// Nil for the procedure as a whole.
  package let step: StepID?
  package let message: Sentence
  package let remedy: Sentence

  package init(_ rule: Rule, at step: StepID?, _ message: Sentence, remedy: Sentence) {
    self.rule = rule
    self.step = step
    self.message = message
    self.remedy = remedy
  }

  /// `step: sentence (remedy) [rule]`.
  package func line(in language: Language) -> String {
    (step.map { "\($0): " } ?? "") + message.text(in: language, remedy: remedy) + " [\(rule.rawValue)]"
  }

  package var description: String { line(in: .english) }
}
