import DocumentKit
import Glibc

/// Who gives an order and why, as it stands in the journal.
struct OperatorSignature {
  static let options = ["--reason", "--as"]
  static let help = """
      --reason TEXT it stands in the journal of each delivery; no citizen's data, please
      --as NAME     who gives the order; the login name unless told
    """
  /// Characters of a reason.
  static let reasonLimit = 500

  let reason: String
  let actor: String

  init(_ arguments: Arguments) throws(CommandFailure) {
    guard let reason = arguments.value("--reason"), !reason.isEmpty, reason.count <= Self.reasonLimit else {
      throw .unusable(
        Sentence(
          "say why with --reason TEXT, up to \(Self.reasonLimit) characters; it stands in the journal",
          "hãy nói lý do bằng --reason LÝ_DO, nhiều nhất \(Self.reasonLimit) ký tự; lý do được ghi vào nhật ký"))
    }
    self.reason = reason
    actor = "operator:" + (arguments.value("--as") ?? Self.loginName)
  }

  private static var loginName: String {
    guard let entry = getpwuid(getuid()) else { return String(getuid()) }
    return String(cString: entry.pointee.pw_name)
  }
}
