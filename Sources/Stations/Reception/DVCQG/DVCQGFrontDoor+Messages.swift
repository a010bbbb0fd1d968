import DocumentKit
import DossierModel
import DossierStore
import HTTPKit
import JSONKit
import XMLKit

extension DVCQGFrontDoor {
  /// Elements of `data` that one request may carry.
  package static let dataLimit = 1_000

  /// `DongBoHoSoMC`: creates or updates dossiers.
  ///
  /// With `isUpdating` "False" the dossier code is the message's identity: the same bytes again are the same message, other
  /// bytes under the same code are answered with "đã tồn tại", as the portal does, and the client turns to updating.
  func synchronise(_ request: JSONValue, from party: Party, reply: HTTPReply) {
    guard let isUpdating = request["isUpdating"]?.string, isUpdating == "True" || isUpdating == "False" else {
      return reply.send(
        DVCQGAnswer.refused(
          intake.refuse(
            Self.envelope(
              request, member: "isUpdating", rule: "enum", english: "isUpdating is the text \"True\" or \"False\"",
              vietnamese: "isUpdating phải là chuỗi \"True\" hoặc \"False\""), from: party.id)))
    }
    submit(request, type: "dvcqg-a/ho-so", from: party, reply: reply, success: "Đồng bộ hồ sơ thành công") { element in
      guard isUpdating == "False", let code = element["MaHoSo"]?.string else { return nil }
      return MessageKey("dvcqg-a create \(code)")
    }
  }

  /// `CapNhatTienDoHoSoMC`: reports steps in the handling of dossiers.
  ///
  /// A step says its moment, so one told again in the same bytes is the same step, however many came between: clients tell
  /// the whole history with every update.
  func updateProgress(_ request: JSONValue, from party: Party, reply: HTTPReply) {
    submit(request, type: "dvcqg-a/tien-do", from: party, reply: reply, success: "Cập nhật tiến độ thành công") {
      MessageKey("dvcqg-a step \(MessageDigest(of: Self.bytes(of: $0)))")
    }
  }

  /// `TraCuuHoSo`: whether this sender's dossier is known here.
  func lookUp(_ request: JSONValue, for party: Party, reply: HTTPReply) {
    guard let code = request["mahoso"]?.string, !code.isEmpty else {
      return reply.send(
        DVCQGAnswer.refused(
          Self.envelope(
            request, member: "mahoso", rule: "required", english: "mahoso is missing", vietnamese: "thiếu mahoso")))
    }
    do throws(StoreError) {
      guard let message = try intake.store.latestMessage(of: DossierCode(code), from: party.id) else {
        return reply.send(DVCQGAnswer.notFound)
      }
      if let body = try intake.store.body(of: message.envelope.id) {
        reply.send(DVCQGAnswer.found(code: code, latest: body))
      } else {
        reply.send(DVCQGAnswer.pruned(code: code, procedure: message.fields.procedure))
      }
    } catch {
      reply.send(DVCQGAnswer.refused(.notStored(error)))
    }
  }

  private func submit(
    _ request: JSONValue, type name: String, from party: Party, reply: HTTPReply, success: String,
    key: (JSONValue) -> MessageKey?
  ) {
    do throws(Refusal) {
      let submissions = try submissions(in: request, type: name, key: key)
      intake.submit(submissions, from: party) { result in
        switch result {
        case .success(let recorded): reply.send(DVCQGAnswer.accepted(recorded, message: success))
        case .failure(let refusal): reply.send(DVCQGAnswer.refused(refusal))
        }
      }
    } catch {
      reply.send(DVCQGAnswer.refused(intake.refuse(error, from: party.id)))
    }
  }

  private func submissions(
    in request: JSONValue, type name: String, key: (JSONValue) -> MessageKey?
  ) throws(Refusal) -> [Submission] {
    guard let type = intake.types[name] else {
      throw Refusal(
        .unknownMessage, english: "this site has no message type '\(name)'",
        vietnamese: "trục liên thông này không có loại thông điệp '\(name)'")
    }
    guard let data = request["data"], data.kind == .array, (1...Self.dataLimit).contains(data.count) else {
      throw Self.envelope(
        request, member: "data", rule: "minItems", english: "data is a list of 1 to \(Self.dataLimit) elements",
        vietnamese: "data phải là danh sách có từ 1 đến \(Self.dataLimit) phần tử")
    }
    let tree: DocumentTree
    do throws(DocumentError) {
      tree = try DocumentTree(json: request)
    } catch {
      throw .unreadable(document: error)
    }
    let nodes = tree.root.elements.filter { $0.isNamed("data") }
    var submissions: [Submission] = []
    submissions.reserveCapacity(data.count)
    var keys: Set<String> = []
    for (index, (element, node)) in zip(data.elements, nodes).enumerated() {
      let key = key(element)
      if let key, !keys.insert(key.text).inserted {
        guard type.kind == .progress else { throw Self.repeated(element, at: index) }
        // The same step, in the same bytes.
        continue
      }
      submissions.append(
        Submission(
          type: type, source: tree, root: node, json: element, body: Self.bytes(of: element), key: key))
    }
    return submissions
  }

  /// The message's own bytes.
  private static func bytes(of element: JSONValue) -> [UInt8] { Array(element.document.bytes[element.byteRange]) }

  /// One call cannot create a dossier twice: which of the two it means is for the sender to say.
  private static func repeated(_ element: JSONValue, at index: Int) -> Refusal {
    let place = (element["MaHoSo"] ?? element).position
    let english = "this dossier code stands in an earlier element of data as well"
    let vietnamese = "mã hồ sơ này đã có ở một phần tử trước đó của data"
    return Refusal(
      .invalid, english: english, vietnamese: vietnamese,
      findings: [
        Finding(
          path: "/data/\(index)/MaHoSo", line: place.line, column: place.column, rule: "uniqueItems",
          messageVietnamese: vietnamese, messageEnglish: english)
      ])
  }

  private static func envelope(
    _ request: JSONValue, member: String, rule: String, english: String, vietnamese: String
  ) -> Refusal {
    let place = (request[member] ?? request).position
    return Refusal(
      .invalid, english: english, vietnamese: vietnamese,
      findings: [
        Finding(
          path: "/\(member)", line: place.line, column: place.column, rule: rule, messageVietnamese: vietnamese,
          messageEnglish: english)
      ])
  }
}
