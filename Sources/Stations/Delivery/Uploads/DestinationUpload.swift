import DossierFiles
import HTTPKit
import XMLKit

/// The upload of a profile, laid out for one party.
struct DestinationUpload: Sendable {
  let call: ResolvedCall
  let upload: PartnerUpload

  /// Characters of an id or a hash that a partner gives.
  static let nameLimit = 4_096

  /// What the partner made of the file; nil, with the reason, if it did not take it.
  func read(_ answer: HTTPResponse, limits: AnswerLimits) -> Result<PartnerFile, Unread> {
    var content = AnswerContent(answer.body, format: upload.format, limits: limits)
    guard let root = content.root() else {
      return .failure(Unread("answer-unreadable"))
    }
    if let success = upload.success, (try? success.boolean(at: root)) != true {
      return .failure(Unread("answer-no-success"))
    }
    guard let id = try? upload.id.string(at: root), Self.isName(id), !id.isEmpty else {
      return .failure(Unread("answer-without-id"))
    }
    let hash = (try? upload.hash?.string(at: root)) ?? ""
    guard Self.isName(hash) else { return .failure(Unread("answer-without-hash")) }
    return .success(PartnerFile(id: id, hash: hash))
  }

  /// One line of moderate length: it is kept, and written into messages.
  private static func isName(_ text: String) -> Bool {
    text.utf8.count <= nameLimit && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }

  /// Why an answer tells of no file, as a word for the log.
  struct Unread: Error {
    let word: String
    init(_ word: String) { self.word = word }
  }
}
