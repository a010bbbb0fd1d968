package import Deadlines

/// How long a procedure may take, and by whose hours and which rule it is counted.
package struct ProcedureTime: Sendable {
  package let term: Term
  package let rule: CountingRule
  package let counter: DeadlineCounter

  package init(_ term: Term, by rule: CountingRule = CountingRule(), counter: DeadlineCounter) {
    self.term = term
    self.rule = rule
    self.counter = counter
  }
}
