import JSONKit
import XMLKit

/// What asking partners may take and cost at most.
package struct PollLimits: Sendable {
  /// Rounds under way at the same time, of all partners together; of one partner it is one.
  package var rounds = 32
  /// Questions in one round; a poll that has more to ask begins another round at once, after the others.
  package var pages = 100
  /// Items of one answer.
  package var items = PollLimits.itemsMaximum
  /// Bytes of one answer: a document of 32 MiB in base64, and room beside it.
  package var answerBytes = 48 << 20
  /// Items that go down the line together.
  package var batch = 100
  /// Items of one poll that could not be taken and are kept; a poll with more of them stops where it is.
  package var keptItems = 1_000
  /// Rounds in a row after which an item whose detail cannot be read is kept and gone past.
  package var detailPatience = 3
  /// How often it looks what is due: as long as an operator's order may wait.
  package var lookPeriod = Duration.seconds(5)

  package init() {}

  package static let itemsMaximum = 10_000
  static let nameBytes = 60
  /// Pauses between two rounds.
  package static let every = Duration.milliseconds(100)...(.seconds(7 * 86_400))
  static let overlap = Duration.zero...(.seconds(31 * 86_400))
  /// Bytes of a file in a folder: the usual limit, and the largest that may be set, which is what a message may have.
  static let fileBytes = (16 << 20)...(32 << 20)
  /// How long a file stays as it is until it counts as whole.
  static let settling = Duration.milliseconds(100)...(.seconds(86_400))
  static let window = Duration.seconds(1)...(.seconds(3_660 * 86_400))

  var answers: AnswerLimits {
    AnswerLimits(
      bytes: answerBytes, json: JSONLimits(bytes: answerBytes), xml: XMLLimits(bytes: answerBytes))
  }
}
