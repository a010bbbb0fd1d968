import Dictionaries
import DossierModel

/// One fetch of a dictionary, page by page: answers in, the next question or the whole list out. It has no effects.
struct DictionaryRound {
  enum Step: Equatable {
    /// Ask for this page, logging in first where there is no token.
    case ask(PollValues)
    /// Ask again with another token.
    case renew(PollValues)
    case done([ListedCode])
    case failed(FailureClass, note: String)
  }

  private let pages: PartnerPoll.Pages?
  private let limits: DictionaryFetchLimits
  private var page: Int
  private var asked = 0
  private var codes: [ListedCode] = []
  /// For the question that is asked now.
  private var wasRenewed = false
  private var renewals = 0

  init(_ dictionary: PartnerDictionary, limits: DictionaryFetchLimits) {
    pages = dictionary.pages
    self.limits = limits
    page = dictionary.pages?.first ?? 1
  }

  mutating func begin() -> Step {
    wasRenewed = false
    asked += 1
    return .ask(values)
  }

  mutating func answered(_ answer: DictionaryAnswer) -> Step {
    switch answer {
    case .failed(let failure, let note): return .failed(failure, note: note)
    case .credentialRejected:
      guard !wasRenewed else { return .failed(.authentication, note: "the partner drops a token that it just gave") }
      guard renewals < limits.renewals else {
        return .failed(.authentication, note: "the partner dropped more than \(limits.renewals) sessions")
      }
      wasRenewed = true
      renewals += 1
      return .renew(values)
    case .listed(let found, let hasMore):
      // A full page may have been the last: the one behind it is then empty.
      if found.isEmpty, hasMore { return .failed(.unreadableAnswer, note: "page \(page) is empty and not the last") }
      codes += found
      guard codes.count <= limits.dictionary.codes else {
        return .failed(.answerTooLarge, note: "the list has more than \(limits.dictionary.codes) codes")
      }
      guard hasMore else { return .done(codes) }
      guard asked < limits.pages else {
        return .failed(.answerTooLarge, note: "the list has more than \(limits.pages) pages")
      }
      page += 1
      return begin()
    }
  }

  private var values: PollValues {
    var values = PollValues()
    values.page = String(page)
    values.size = pages.map { String($0.size) } ?? ""
    return values
  }
}
