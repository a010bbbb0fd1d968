package import Dictionaries
import JSONKit
import XMLKit

/// What fetching a dictionary may take and cost at most.
package struct DictionaryFetchLimits: Sendable {
  /// Questions of one fetch.
  package var pages = 1_000
  /// Bytes of one answer.
  package var answerBytes = 16 << 20
  /// New sessions in one fetch, because the partner dropped the one before.
  package var renewals = 10
  package var dictionary = DictionaryLimits.standard

  package init() {}

  package static let standard = DictionaryFetchLimits()

  var answers: AnswerLimits {
    AnswerLimits(
      bytes: answerBytes, json: JSONLimits(bytes: answerBytes), xml: XMLLimits(bytes: answerBytes))
  }
}
