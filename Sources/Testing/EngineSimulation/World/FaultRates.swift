/// How often what goes wrong, as probabilities of each occasion.
package struct FaultRates: Sendable, Equatable {
  /// A statement fails and undoes its transaction.
  package var statement = 0.000_5
  /// The disk fails before a commit.
  package var beforeCommit = 0.02
  /// The commit is on the disk and the answer says that it is not.
  package var afterCommit = 0.02
  /// A request finds no connection.
  package var connect = 0.05
  /// A request is given up although the partner gets it later.
  package var late = 0.03
  /// The partner does what it is asked and its answer is lost.
  package var answerLost = 0.05
  /// The network brings a request twice.
  package var duplicate = 0.02
  /// The partner answers 500 without having done anything.
  package var serverError = 0.03
  /// The same after having done it.
  package var serverErrorAfterwards = 0.02
  /// The partner says when to come again.
  package var retryAfter = 0.01
  /// The partner's own "try again".
  package var businessRetry = 0.02
  /// A partner goes down, or comes up again, in one step of the world.
  package var outage = 0.000_5
  /// The gateway is killed, in one step of the world.
  package var crash = 0.001

  package init() {}

  package static let none: FaultRates = {
    var rates = FaultRates()
    (rates.statement, rates.beforeCommit, rates.afterCommit) = (0, 0, 0)
    (rates.connect, rates.late, rates.answerLost, rates.duplicate) = (0, 0, 0, 0)
    (rates.serverError, rates.serverErrorAfterwards, rates.retryAfter, rates.businessRetry) = (0, 0, 0, 0)
    (rates.outage, rates.crash) = (0, 0)
    return rates
  }()
}
