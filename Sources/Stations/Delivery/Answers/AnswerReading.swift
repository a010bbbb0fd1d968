/// A verdict together with the sentence that tells an operator what it rests on.
package struct AnswerReading: Sendable, Equatable {
  package var verdict: AnswerVerdict
  /// Names rules, status codes and formats; never the partner's words, which may hold citizens' data.
  package var note: String
}
