import DossierModel
import DossierStore
package import HTTPKit
import JSONKit
package import ServiceKit

/// The gateway's door for systems that exchange edXML over the VXP wire API: they connect by changing an address.
///
/// It speaks the wire as the vendor's client speaks it (domain page §3.5). Every request is signed (`VXPSignature`). What
/// `sendEdoc` brings goes down the line as every message does and is answered after the commit; what a party gets in its
/// received list is its inbox, and `updateStatus` takes it out. Everything below its path is answered in this tongue, also
/// what the HTTP server refuses by itself, since the client takes an HTML page for an empty list.
package final class VXPFrontDoor: HTTPHandler {
  /// The profile of the tongue; its messages are `document` and `status`.
  package static let profile = "edxml-vxp"
  static let documentType = profile + "/document"
  static let statusType = profile + "/status"

  /// More than the largest file that was seen to pass through the vendor's client.
  package static let standardDocumentLimit = 32 << 20
  /// CR LF behind a document.
  private static let lineEnd = 2

  let intake: MessageIntake
  let agencies: VXPAgencies
  let directory: VXPDirectory
  let time: any TimeSource
  let log: Log
  /// Bytes of a document.
  let documentLimit: Int
  private let authenticator: Authenticator
  private let systems: VXPSystems
  private let base: [String]

  /// `path`: below which the operations are, such as `/vxp`.
  package init(
    path: String, intake: MessageIntake, authenticator: Authenticator, systems: VXPSystems, agencies: VXPAgencies,
    directory: VXPDirectory, documentLimit: Int = VXPFrontDoor.standardDocumentLimit, time: any TimeSource, log: Log
  ) {
    self.documentLimit = documentLimit
    base = path.split(separator: "/").map(String.init)
    self.intake = intake
    self.authenticator = authenticator
    self.systems = systems
    self.agencies = agencies
    self.directory = directory
    self.time = time
    self.log = log
  }

  /// A request whose signature holds.
  struct Call: Sendable {
    let operation: VXPOperation
    let party: Party
    /// The system id it is signed with.
    let system: String
    /// What was signed, by names without prefix; also what is left over from earlier calls of the client's program.
    let parameters: [String: String]

    subscript(_ name: String) -> String? { parameters[name] }
  }

  package func handle(_ request: HTTPRequest, reply: HTTPReply) {
    let operation = operation(request.path)
    do throws(Refusal) {
      let call = try call(operation, in: request)
      switch call.operation {
      case .sendEdoc: try send(call, body: request.body, reply: reply)
      case .getReceivedEdocList: reply.send(try received(call))
      case .getSentEdocList: reply.send(try sent(call))
      case .getEdoc, .downloadEdoc: try fetch(call, reply: reply)
      case .countReceiveEdoc: reply.send(try count(Self.documentType, call))
      case .countReceiveStatus: reply.send(try count(Self.statusType, call))
      case .updateStatus: try updateStatus(call, reply: reply)
      case .getAgenciesList, .getSynchronizeUnit, .getAgenciesListQD20:
        reply.send(VXPAnswer.list(directory.list(call.operation, level: call["level"])))
      case .registerAgency, .deleteAgency: throw .directoryIsData
      }
    } catch {
      reply.send(VXPAnswer.refused(error, by: operation))
    }
  }

  package var takesStreams: Bool { true }

  /// The server keeps bodies of a certain size; documents may be larger, if somebody sends them who may.
  package func reception(of head: HTTPRequest, length: Int?) -> HTTPBodyReception {
    let operation = operation(head.path)
    guard let length, length > HTTPServerLimits.standard.bodyBytes, operation == .sendEdoc else { return .memory }
    do throws(Refusal) {
      _ = try call(operation, in: head)
      guard length <= documentLimit + Self.lineEnd else { throw .documentTooLarge(documentLimit) }
    } catch {
      return .stream(RefusedBody(VXPAnswer.refused(error, by: operation)), limit: RefusedBody.limit)
    }
    return .stream(VXPLargeBody(of: head, length: length) { [self] in handle($0, reply: $1) }, limit: length)
  }

  package func answer(to refusal: HTTPRefusal, of target: String) -> HTTPResponse {
    let path = target.prefix { $0 != "?" }.split(separator: "/").map(String.init)
    return VXPAnswer.refused(refusal, by: operation(path))
  }

  /// Empty segments are passed over: the client appends the operation to whatever address it was given.
  private func operation(_ path: [String]) -> VXPOperation? {
    let rest = path.filter { !$0.isEmpty }.dropFirst(base.count)
    return rest.count == 1 ? rest.first.flatMap(VXPOperation.init(rawValue:)) : nil
  }

  private func call(_ operation: VXPOperation?, in request: HTTPRequest) throws(Refusal) -> Call {
    guard let operation else { throw .notFound }
    guard request.method == operation.method else { throw .methodNotAllowed }
    let signed: VXPSignature.Signed
    do throws(VXPSignature.Fault) {
      signed = try VXPSignature.verify(request.headers) { [systems] id in
        systems[id].map { $0.secret.withBytes { Array($0) } }
      }
    } catch {
      throw intake.refuse(.badSignature(error), from: nil)
    }
    guard let party = authenticator.party(systems[signed.system]?.party) else {
      throw intake.refuse(.badSignature(.wrong), from: nil)
    }
    return Call(operation: operation, party: party, system: signed.system, parameters: signed.parameters)
  }
}

extension Refusal {
  fileprivate static func badSignature(_ fault: VXPSignature.Fault) -> Refusal {
    switch fault {
    case .missing:
      Refusal(
        .unauthenticated,
        english: "XroadVnpt-sign-header and XroadVnpt-hash-header are missing or malformed",
        vietnamese: "thiếu hoặc sai dạng XroadVnpt-sign-header, XroadVnpt-hash-header")
    case .wrong:
      Refusal(
        .unauthenticated, english: "the system id or its secret is wrong, or a header was changed on its way",
        vietnamese: "sai SystemId hoặc SecretKey, hoặc tiêu đề bị thay đổi trên đường truyền")
    case .contradicted(let name):
      Refusal(
        .unauthenticated, english: "the header XroadVnpt-\(name) says something else than what was signed",
        vietnamese: "tiêu đề XroadVnpt-\(name) khác với giá trị đã ký")
    }
  }

  fileprivate static func documentTooLarge(_ limit: Int) -> Refusal {
    Refusal(
      .tooLarge, english: "a document has \(limit) bytes at most", vietnamese: "văn bản có tối đa \(limit) byte")
  }

  fileprivate static var directoryIsData: Refusal {
    Refusal(
      .methodNotAllowed,
      english: "the agency directory of this gateway is kept by its operator as a file; ask for the change there",
      vietnamese:
        "danh mục cơ quan của trục này do người vận hành quản lý bằng tệp; hãy đề nghị người vận hành thay đổi")
  }

  /// A request that cannot be understood as it is; no code of the wire's lists is about it.
  static func vxpRequest(english: String, vietnamese: String) -> Refusal {
    Refusal(.malformed, english: english, vietnamese: vietnamese)
  }
}
