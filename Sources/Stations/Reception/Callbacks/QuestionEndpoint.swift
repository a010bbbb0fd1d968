import DocumentKit
package import DossierModel
package import DossierStore
package import HTTPKit
import JSONKit
package import ServiceKit
import XMLKit

/// `POST /callbacks/<profile>/<path>`, where a partner asks about a dossier and waits for the answer in its own words.
///
/// Only a party that the site allows this question is answered. It learns whether there is such a message, nothing of it, and
/// of a dossier that nobody knows what it learns of one without such a message. The log has a line for each question.
package final class QuestionEndpoint: HTTPHandler {
  /// Bytes of a question.
  package static let questionBytesLimit = 16 * 1_024
  /// Bytes of a dossier's code.
  package static let codeBytesLimit = 128
  /// Messages of a dossier that are looked at, the earliest first.
  package static let messagesLimit = 1_000

  private let question: CallbackQuestion
  private let type: MessageType
  private let store: any DossierReader
  private let intake: MessageIntake
  private let authenticator: Authenticator
  private let askers: Set<PartyID>
  private let log: Log

  /// - Parameters:
  ///   - type: of the messages that are looked at.
  ///   - askers: who may ask.
  package init(
    _ question: CallbackQuestion, type: MessageType, store: any DossierReader, intake: MessageIntake,
    authenticator: Authenticator, askers: Set<PartyID>, log: Log
  ) {
    self.question = question
    self.type = type
    self.store = store
    self.intake = intake
    self.authenticator = authenticator
    self.askers = askers
    self.log = log
  }

  package func handle(_ request: HTTPRequest, reply: HTTPReply) {
    guard let asker = authenticator.party(of: request) else {
      return reply.send(question.refusals.stranger(at: intake))
    }
    let word: String
    do throws(Refusal) {
      guard askers.contains(asker.id) else {
        throw Refusal(
          .forbidden, english: "this party may not ask this (see `questions` of its file)",
          vietnamese: "bên này không được phép hỏi nội dung này")
      }
      let isFound = try isFound(try Self.dossier(in: request.body, at: question))
      word = isFound ? "found" : "none"
      reply.send((isFound ? question.found : question.none).response())
    } catch {
      word = error.code.rawValue
      reply.send(question.refusals.response(intake.refuse(error, from: asker.id)))
    }
    log.info("question", [.party(asker.id.text), .service(question.path), .outcome(word)])
  }

  private static func dossier(in body: [UInt8], at question: CallbackQuestion) throws(Refusal) -> DossierCode {
    guard body.count <= questionBytesLimit else {
      throw Refusal(
        .tooLarge, english: "a question has \(questionBytesLimit) bytes at most",
        vietnamese: "câu hỏi dài nhất \(questionBytesLimit) byte")
    }
    let (tree, _) = try MessageEndpoint.parse(body, as: .json)
    guard let code = try? question.dossier.string(at: tree.root), !code.isEmpty, code.utf8.count <= codeBytesLimit
    else {
      throw Refusal(
        .invalid, english: "the question names no dossier, or its code is longer than \(codeBytesLimit) bytes",
        vietnamese: "câu hỏi không có mã hồ sơ, hoặc mã dài hơn \(codeBytesLimit) byte")
    }
    return DossierCode(code)
  }

  private func isFound(_ dossier: DossierCode) throws(Refusal) -> Bool {
    var areAllKept = true
    let isWhole: Bool
    do throws(StoreError) {
      let filter = MessageFilter(dossier: dossier, types: [type.name])
      let page = try store.messages(filter, from: .start, limit: Self.messagesLimit)
      isWhole = page.next == nil
      for message in page.messages {
        guard let body = try store.body(of: message.envelope.id) else {
          areAllKept = false
          continue
        }
        if speaks(body) { return true }
      }
    } catch {
      throw .notStored(error)
    }
    guard isWhole else {
      throw Refusal(
        .notFound,
        english: "the dossier has more than \(Self.messagesLimit) messages, and the first of them say nothing of it",
        vietnamese: "hồ sơ có hơn \(Self.messagesLimit) bản tin, các bản tin đầu chưa cho biết câu trả lời")
    }
    guard areAllKept else {
      throw Refusal(
        .notFound, english: "not every message of the dossier is kept any more: nothing can be said",
        vietnamese: "không còn lưu đủ bản tin của hồ sơ để trả lời")
    }
    return false
  }

  private func speaks(_ body: [UInt8]) -> Bool {
    guard let tree = try? DocumentTree(parsing: body, as: type.format) else { return false }
    return (try? question.when.boolean(at: tree.root)) == true
  }
}
