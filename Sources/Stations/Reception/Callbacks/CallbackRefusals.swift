import DossierModel
import HTTPKit
package import ServiceKit

/// What a partner is answered, in its own words, when it does not get what it called for: data of a profile.
package struct CallbackRefusals: Sendable {
  /// What came is wrong, or may not be.
  package var refused: AnswerTemplate
  /// Who calls is not known.
  package var unauthenticated: AnswerTemplate
  /// Nothing was done, and the same may be sent again later.
  package var unavailable: AnswerTemplate

  /// Reads them among the `answers` of messages or of a question.
  init(reading answers: ConfigurationSection) {
    refused = AnswerTemplate(reading: answers.requiredSection("refused"), status: 200)
    unauthenticated = AnswerTemplate(reading: answers.requiredSection("unauthenticated"), status: 401)
    unavailable = AnswerTemplate(reading: answers.requiredSection("unavailable"), status: 503)
  }

  /// The answer to a refusal; one that may be tried again says when.
  func response(_ refusal: Refusal) -> HTTPResponse {
    guard refusal.code.isRetryable else { return refused.response(refusal) }
    var answer = unavailable.response(refusal)
    answer.headers["Retry-After"] = String(Problem.retryAfterSeconds)
    return answer
  }

  /// Counts and journals a caller that nobody knows, and makes the answer to it.
  func stranger(at intake: MessageIntake) -> HTTPResponse {
    intake.refuse(.unauthenticated, from: nil)
    return unauthenticated.response()
  }
}
